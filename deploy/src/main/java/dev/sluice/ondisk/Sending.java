package dev.sluice.ondisk;

import dev.sluice.ondisk.KeptRequests.KeptRequest;
import dev.sluice.pipeline.Admission;
import dev.sluice.pipeline.Intake;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a replay has offered and is not answered yet. Thread-safe: one thread offers, any answers.
 *
 * <p>Without results there is one at a time, so that the order is kept. With results there are as
 * many as the window allows, and what is refused is offered again.
 */
final class Sending {
  private static final int REQUESTS_MAX = 64;

  private final ReplayTarget target;
  private final Deque<Offer> refused = new ArrayDeque<>();
  private final Deque<KeptRequest> delivered = new ArrayDeque<>();
  private final Semaphore answers = new Semaphore(0);
  private int waiting;
  private long waitingBytes;

  private record Offer(KeptRequest request, Intake intake) {}

  Sending(ReplayTarget target) {
    this.target = target;
  }

  /** Offers a request; false when it has to come again, after others were answered. */
  boolean tryOffer(KeptRequest request, Intake intake) {
    offerAgain();
    synchronized (this) {
      if (!refused.isEmpty() || !hasRoom(request)) {
        return false;
      }
      begin(request);
    }
    offer(new Offer(request, intake));
    return true;
  }

  private boolean hasRoom(KeptRequest request) {
    boolean more = target.answersWithResult() && waiting < REQUESTS_MAX;
    return waiting == 0
        || (more && waitingBytes + request.telemetry().size() <= target.windowBytes());
  }

  private void begin(KeptRequest request) {
    waiting++;
    waitingBytes += request.telemetry().size();
  }

  private void offer(Offer offer) {
    offer.intake.accept(offer.request.telemetry(), admission -> answered(offer, admission));
  }

  private synchronized void answered(Offer offer, Admission admission) {
    waiting--;
    waitingBytes -= offer.request.telemetry().size();
    switch (admission) {
      case Admission.Accepted accepted -> {
        if (accepted.rejected() == 0 && target.answersWithResult()) {
          delivered.add(offer.request);
        }
      }
      case Admission.Refused refusal -> refused.add(offer);
      case Admission.Failed failed -> {
        // The exporters' accounts have it, with the reason.
      }
    }
    answers.drainPermits();
    answers.release();
  }

  private void offerAgain() {
    Offer again;
    synchronized (this) {
      again = waiting == 0 ? refused.poll() : null;
      if (again != null) {
        begin(again.request);
      }
    }
    if (again != null) {
      offer(again);
    }
  }

  /** Waits until something is answered, or so long. */
  void await(long millis) throws InterruptedException {
    if (answers.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
      answers.drainPermits();
    }
  }

  /** Whether everything that was offered is answered, and nothing was refused. */
  boolean isDone() {
    offerAgain();
    synchronized (this) {
      return waiting == 0 && refused.isEmpty();
    }
  }

  /** Tells the source what was delivered since the last time. */
  void settle(KeptRequests source) throws IOException {
    KeptRequest next = pollDelivered();
    while (next != null) {
      source.delivered(next);
      next = pollDelivered();
    }
  }

  private synchronized @Nullable KeptRequest pollDelivered() {
    return delivered.poll();
  }
}
