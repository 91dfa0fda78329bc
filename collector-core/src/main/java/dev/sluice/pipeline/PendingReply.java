package dev.sluice.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * An answer that waits for journals to have the request on disk, and for the exporters that were
 * configured with {@code wait_for_result}. Thread-safe.
 *
 * <p>The request is answered when the last of them is done: refused when a journal could not write
 * it, failed when an exporter lost all of it, else accepted with the largest number that any of
 * them lost.
 */
final class PendingReply {
  private final Intake.Reply reply;
  private final int items;
  private int waiting;
  private int rejected;
  private String message = "";
  private @Nullable String refusal;

  PendingReply(Intake.Reply reply, int items, int waiting) {
    this.reply = reply;
    this.items = items;
    this.waiting = waiting;
  }

  /** One exporter is done and lost {@code lost} items, for the reason given. */
  void done(int lost, String reason) {
    Admission admission = settle(lost, reason);
    if (admission != null) {
      reply.answer(admission);
    }
  }

  /** A journal could not write it, for the reason given. */
  void refuse(String reason) {
    synchronized (this) {
      refusal = reason;
    }
    done(0, "");
  }

  private synchronized @Nullable Admission settle(int lost, String reason) {
    if (lost > rejected) {
      rejected = lost;
      message = reason;
    }
    if (--waiting > 0) {
      return null;
    }
    if (refusal != null) {
      return new Admission.Refused(refusal, FanOut.RETRY_AFTER_NANOS);
    }
    return rejected >= items
        ? new Admission.Failed(message)
        : new Admission.Accepted(rejected, message);
  }
}
