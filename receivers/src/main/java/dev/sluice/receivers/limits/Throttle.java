package dev.sluice.receivers.limits;

import java.util.concurrent.TimeUnit;

/**
 * Keeps a sender that was refused for want of room from coming again at once: reading what is then
 * refused would cost what the accepted ones need. Honest senders wait longer by themselves.
 */
public final class Throttle {
  /**
   * How long an HTTP connection rests after a refusal, and a gRPC call's refusal is held back: at
   * most five refusals a second and connection, or stream.
   */
  public static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private Throttle() {}
}
