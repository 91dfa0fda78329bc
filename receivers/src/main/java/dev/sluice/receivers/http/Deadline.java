package dev.sluice.receivers.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one deadline of a connection, moved often and reached rarely. Event loop only.
 *
 * <p>Moving it later costs a field: the timer that is already set looks again when it fires.
 */
final class Deadline {
  private static final long NEVER = Long.MAX_VALUE;

  private final EventExecutor loop;
  private final Runnable reached;
  private final long originNanos;
  private long atNanos = NEVER;
  private long timerNanos = NEVER;
  private @Nullable Future<?> timer;

  Deadline(EventExecutor loop, Runnable reached) {
    this.loop = loop;
    this.reached = reached;
    this.originNanos = loop.ticker().nanoTime();
  }

  /** Sets the deadline, {@code nanos} from now. */
  void in(long nanos) {
    atNanos = now() + nanos;
    if (atNanos < timerNanos) {
      arm();
    }
  }

  /** Moves the deadline later, when there is one. */
  void extend(long nanos) {
    if (atNanos != NEVER) {
      atNanos += nanos;
    }
  }

  /** There is no deadline until the next is set. */
  void clear() {
    atNanos = NEVER;
  }

  void close() {
    clear();
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private long now() {
    return loop.ticker().nanoTime() - originNanos;
  }

  private void arm() {
    if (timer != null) {
      timer.cancel(false);
    }
    timerNanos = atNanos;
    timer = loop.schedule(this::look, atNanos - now(), TimeUnit.NANOSECONDS);
  }

  private void look() {
    timer = null;
    timerNanos = NEVER;
    if (atNanos == NEVER) {
      return;
    }
    if (now() < atNanos) {
      arm();
      return;
    }
    atNanos = NEVER;
    reached.run();
  }
}
