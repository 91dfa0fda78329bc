package dev.sluice.pipeline;

import dev.sluice.otlp.Split;
import dev.sluice.otlp.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches from a {@link Cursor}, has them exported, and acts on what came of it: the one
 * place that retries or gives up. One thread calls {@link #doWork} or {@link #run}; tests call
 * {@code doWork} by hand.
 *
 * <p>A batch that the backend refuses as wrong is halved until the bad items are alone; those go to
 * the dead letters and the rest is delivered. {@link #DIVISIONS_MAX} bounds the requests that a
 * claim may cost; what is undecided then is given up together.
 */
final class Sender implements Runnable {
  /** Halvings that one claim may cost: enough to isolate some forty bad items among 8192. */
  static final int DIVISIONS_MAX = 512;

  /** A wait that a backend asks for is kept as it is, also where ours would be longer by now. */
  private static final long ASKED_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(100);

  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

  private final String exporterId;
  private final Exporter exporter;
  private final Cursor cursor;
  private final RetrySettings retry;
  private final long timeoutNanos;
  private final Clock clock;
  private final DoubleSupplier random;
  private final DeliveryLog log;

  private @Nullable Claim claim;
  private @Nullable Delivery delivery;
  private int attempts;
  private long firstAttemptNanos;
  private long nextAttemptNanos;
  private int divisions;
  private volatile boolean stopped;

  Sender(
      String exporterId,
      Exporter exporter,
      Cursor cursor,
      SenderSettings settings,
      Clock clock,
      DoubleSupplier random,
      DeliveryLog log) {
    this.exporterId = exporterId;
    this.exporter = exporter;
    this.cursor = cursor;
    this.retry = settings.retry();
    this.timeoutNanos = settings.timeoutNanos();
    this.clock = clock;
    this.random = random;
    this.log = log;
  }

  @Override
  public void run() {
    try {
      while (!stopped) {
        long seen = cursor.wakeups().version();
        long idleNanos = doWork();
        if (idleNanos > 0) {
          cursor.wakeups().await(seen, idleNanos, claim != null);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the drain's deadline has passed: leave the rest to it
    }
  }

  /** After the turn that is under way, {@link #run} returns. */
  void stop() {
    stopped = true;
  }

  /**
   * One turn: takes a claim, or makes one attempt, or finds nothing to do.
   *
   * @return nanoseconds until there can be something to do; 0 is at once
   */
  long doWork() {
    Claim current = claim;
    if (current == null) {
      return take();
    }
    long waitNanos = nextAttemptNanos - clock.nanoTime();
    if (attempts > 0 && waitNanos > 0 && current.state == Claim.State.WAITING) {
      return waitNanos;
    }
    if (!cursor.claims().beginWork(current)) {
      cursor.answer(current);
      letGo();
      return 0;
    }
    attempt(current);
    return 0;
  }

  private long take() {
    Claim taken = cursor.take();
    if (taken == null) {
      return cursor.dueNanos();
    }
    claim = taken;
    divisions = 0;
    splitOversized(taken);
    return 0;
  }

  /** A single request over the batch's maximum becomes several batches; others are within it. */
  private void splitOversized(Claim taken) {
    Batch batch = taken.batches.element();
    BatchSettings limits = cursor.batch();
    if (batch.parts().size() > 1
        || (batch.items() <= limits.itemsMax() && batch.bytes() <= limits.bytesMax())) {
      return;
    }
    taken.batches.clear();
    Telemetry request = batch.parts().getFirst();
    for (Telemetry piece : Split.split(request, limits.itemsMax(), limits.bytesMax())) {
      taken.batches.add(Batch.of(batch.signal(), List.of(piece)));
    }
  }

  private void attempt(Claim current) {
    ExportResult result;
    try {
      if (delivery == null) {
        delivery = exporter.prepare(current.batches.element());
        firstAttemptNanos = clock.nanoTime();
      }
      attempts++;
      result = delivery.attempt(timeoutNanos);
    } catch (RuntimeException e) {
      // A bug of the exporter's: its batch is given up, not the process.
      LOG.error("{}: failed on a batch, which is dead-lettered", exporterId, e);
      result = new ExportResult.Permanent("internal error: " + e, false);
    }
    act(current, result);
  }

  private void act(Claim current, ExportResult result) {
    switch (result) {
      case ExportResult.Delivered delivered -> {
        log.delivered(delivered.losses());
        cursor.claims().delivered(current, delivered.losses());
        nextBatch(current);
      }
      case ExportResult.Retry later -> retryLater(current, later);
      case ExportResult.Hold hold -> {
        log.held(hold.reason());
        waitOrExpire(current, retry.maxInterval().toNanos(), hold.reason());
      }
      case ExportResult.Permanent permanent -> giveUpOrDivide(current, permanent);
    }
  }

  private void retryLater(Claim current, ExportResult.Retry later) {
    long elapsed = clock.nanoTime() - firstAttemptNanos;
    long limit = retry.maxElapsed().toNanos();
    if (!retry.enabled() || (limit > 0 && elapsed >= limit)) {
      String rule = retry.enabled() ? "max_elapsed_time" : "retry_disabled";
      giveUp(current, rule, later.reason());
      return;
    }
    long delay = retry.delayNanos(attempts, random.getAsDouble());
    log.failing(later.reason());
    boolean asked = later.delayNanos() >= ASKED_NANOS_MIN;
    waitOrExpire(current, asked ? later.delayNanos() : delay, later.reason());
  }

  private void waitOrExpire(Claim current, long nanos, String reason) {
    if (cursor.isExpired(current)) {
      giveUp(current, Cursor.EXPIRED, reason);
      return;
    }
    nextAttemptNanos = clock.nanoTime() + nanos;
    cursor.claims().beginWait(current, reason);
  }

  private void giveUpOrDivide(Claim current, ExportResult.Permanent permanent) {
    Batch batch = current.batches.element();
    if (!permanent.divisible() || batch.items() == 1 || divisions >= DIVISIONS_MAX) {
      giveUp(current, "rejected_by_backend", permanent.reason());
      return;
    }
    divisions++;
    current.batches.remove();
    List<Batch> halves = halve(batch);
    for (int i = halves.size() - 1; i >= 0; i--) {
      current.batches.addFirst(halves.get(i));
    }
    startBatch();
  }

  /**
   * Two batches with half of the items each, in order; requests are cut only where they must be.
   */
  private static List<Batch> halve(Batch batch) {
    int half = batch.items() / 2;
    List<Telemetry> left = new ArrayList<>();
    List<Telemetry> right = new ArrayList<>();
    int room = half;
    for (Telemetry part : batch.parts()) {
      if (room >= part.items()) {
        left.add(part);
        room -= part.items();
      } else if (room > 0) {
        left.add(Objects.requireNonNull(Split.range(part, 0, room)));
        right.add(Objects.requireNonNull(Split.range(part, room, part.items())));
        room = 0;
      } else {
        right.add(part);
      }
    }
    return List.of(Batch.of(batch.signal(), left), Batch.of(batch.signal(), right));
  }

  private void giveUp(Claim current, String rule, String reason) {
    log.lost(current.batches.element().items(), reason);
    cursor.claims().lost(current, rule, reason);
    nextBatch(current);
  }

  private void nextBatch(Claim current) {
    startBatch();
    if (current.batches.isEmpty()) {
      cursor.finish(current);
      letGo();
    }
  }

  private void startBatch() {
    delivery = null;
    attempts = 0;
  }

  private void letGo() {
    claim = null;
    startBatch();
  }
}
