package dev.sluice.pipeline;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the log says of one exporter: changes of state in full, then counts. Thread-safe; shared by
 * the senders of an exporter.
 */
final class DeliveryLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sluice.delivery");
  private static final long LOSSES_EVERY_NANOS = 10_000_000_000L;

  private final String exporterId;
  private final Clock clock;
  private State state = State.DELIVERING;
  private long failures;
  private long lostItems;
  private long lastLossNanos;
  private boolean lossSeen;

  private enum State {
    DELIVERING,
    FAILING,
    HELD
  }

  DeliveryLog(String exporterId, Clock clock) {
    this.exporterId = exporterId;
    this.clock = clock;
  }

  synchronized void delivered(List<Loss> losses) {
    if (state != State.DELIVERING) {
      LOG.info("{}: delivers again after {} failed attempts", exporterId, failures);
      state = State.DELIVERING;
      failures = 0;
    }
    for (Loss loss : losses) {
      lost(loss.items(), loss.rule() + ": " + loss.reason());
    }
  }

  synchronized void failing(String reason) {
    failures++;
    if (state == State.DELIVERING) {
      LOG.warn("{}: cannot deliver, holds the data and tries again: {}", exporterId, reason);
      state = State.FAILING;
    }
  }

  synchronized void held(String reason) {
    failures++;
    if (state != State.HELD) {
      LOG.error("{}: holds the data until this is mended, and tries again: {}", exporterId, reason);
      state = State.HELD;
    }
  }

  /** Items that will not be delivered: the first in full, then their number every ten seconds. */
  synchronized void lost(int items, String reason) {
    lostItems += items;
    long now = clock.nanoTime();
    if (lossSeen && now - lastLossNanos < LOSSES_EVERY_NANOS) {
      return;
    }
    LOG.error("{}: lost {} items, the latest because: {}", exporterId, lostItems, reason);
    lossSeen = true;
    lastLossNanos = now;
    lostItems = 0;
  }
}
