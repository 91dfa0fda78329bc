package dev.sluice.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the disk does what it is told, and what it has failed to do so far. Written by the
 * journal's thread, read by all.
 */
final class Health {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentedJournal.class);

  private final Path folder;
  private volatile String reason = "";
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong forceFailures = new AtomicLong();
  private final AtomicLong sealFailures = new AtomicLong();
  private final AtomicLong cursorFailures = new AtomicLong();
  private volatile long lastForceNanos;
  private boolean cursorsFailing;

  Health(Path folder) {
    this.folder = folder;
  }

  boolean isHealthy() {
    return reason.isEmpty();
  }

  /** Why requests are refused at this moment; empty when they are not. */
  String reason() {
    return reason;
  }

  long failures() {
    return failures.get();
  }

  long forceFailures() {
    return forceFailures.get();
  }

  long sealFailures() {
    return sealFailures.get();
  }

  long cursorFailures() {
    return cursorFailures.get();
  }

  long lastForceNanos() {
    return lastForceNanos;
  }

  /** A segment could not be made, written or forced; another will be tried. */
  void failed(IOException e) {
    failures.incrementAndGet();
    LOG.debug("journal {}: {}", folder, describe(e));
  }

  void forceFailed() {
    forceFailures.incrementAndGet();
  }

  void forced(long nanos) {
    lastForceNanos = nanos;
  }

  /** Neither the segment in use nor a new one could be written. */
  void broken(IOException e) {
    if (isHealthy()) {
      LOG.error(
          "journal {} cannot be written ({}): requests are refused until it can",
          folder,
          describe(e));
    }
    reason = describe(e);
  }

  void worked() {
    if (!isHealthy()) {
      LOG.info("journal {} can be written again", folder);
    }
    reason = "";
  }

  /** A segment that is ended could not be forced, where only that makes it durable. */
  void sealFailed(Path file, IOException e) {
    if (sealFailures.get() == 0) {
      LOG.error(
          "{} could not be forced ({}): a power loss may cost what it has", file, describe(e));
    }
    sealFailures.incrementAndGet();
  }

  void cursorFailed(Path file, IOException e) {
    if (!cursorsFailing) {
      LOG.warn("{} could not be saved ({}): a crash may send again", file, describe(e));
    }
    cursorsFailing = true;
    cursorFailures.incrementAndGet();
  }

  void cursorsSaved() {
    cursorsFailing = false;
  }

  private static String describe(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
