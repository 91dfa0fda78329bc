package dev.sluice;

import dev.sluice.Blueprint.PipelinePlan;
import dev.sluice.journal.FileStorageSettings;
import dev.sluice.journal.JournalSettings;
import dev.sluice.journal.JournalStatus;
import dev.sluice.journal.RealDisk;
import dev.sluice.journal.SegmentedJournal;
import dev.sluice.meters.Meters;
import dev.sluice.pipeline.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journals of the pipelines that have storage. Opened by one thread, before anything runs;
 * asked by any.
 */
final class Journals {
  private static final Logger LOGGER = LoggerFactory.getLogger(Journals.class);

  /** Where the Collector has its files, and images of it a volume. */
  private static final Path COLLECTORS_FOLDER = Path.of("/var/lib/otelcol/file_storage");

  private final Map<String, SegmentedJournal> journals = new LinkedHashMap<>();

  private Journals() {}

  /** For pipelines in memory only. */
  static Journals none() {
    return new Journals();
  }

  /**
   * Opens them, and says for each pipeline what an answer will mean.
   *
   * @param dataFolder for storage that names no directory
   * @throws IOException when one cannot be had, with its path and what to do
   */
  static Journals open(Blueprint blueprint, Host host, Path dataFolder) throws IOException {
    Journals opened = new Journals();
    try {
      for (PipelinePlan plan : blueprint.pipelines()) {
        opened.open(plan, host, dataFolder);
      }
    } catch (IOException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  private void open(PipelinePlan plan, Host host, Path dataFolder) throws IOException {
    FileStorageSettings storage = plan.storage();
    if (storage == null) {
      LOGGER.debug("pipeline {}: an answer means: in memory", plan.id());
      return;
    }
    JournalSettings settings = storage.journal(directory(storage, dataFolder), plan.id());
    journals.put(
        plan.id(),
        SegmentedJournal.open(settings, plan.id(), new RealDisk(), host.clock(), host.threads()));
    LOGGER.info(
        "pipeline {}: an answer means: {} in {}",
        plan.id(),
        storage.fsync() ? "on the disk's medium (fsync)" : "written to the disk (wal)",
        settings.directory());
  }

  /** The folder with a folder for each pipeline. */
  static Path directory(FileStorageSettings storage, Path dataFolder) {
    String named = storage.directory();
    return named.isEmpty() ? usualDirectory(dataFolder) : Path.of(named);
  }

  /** Where it is when the storage names no directory. */
  static Path usualDirectory(Path dataFolder) {
    return Files.isWritable(COLLECTORS_FOLDER) ? COLLECTORS_FOLDER : dataFolder.resolve("journal");
  }

  /** The journal of a pipeline; null when it has none. */
  @Nullable Journal of(String pipelineId) {
    return journals.get(pipelineId);
  }

  /** Whether every disk does what it is told. */
  boolean healthy() {
    return journals.values().stream().allMatch(journal -> journal.status().healthy());
  }

  /** How each is, by pipeline. */
  Map<String, JournalStatus> status() {
    Map<String, JournalStatus> status = new TreeMap<>();
    journals.forEach((id, journal) -> status.put(id, journal.status()));
    return status;
  }

  /** Registers their gauges, and the mode of each pipeline. */
  void register(Meters meters, Blueprint blueprint) {
    for (PipelinePlan plan : blueprint.pipelines()) {
      SegmentedJournal journal = journals.get(plan.id());
      String mode = journal == null ? "memory" : journal.status().mode();
      meters.gauge(
          "sluice_pipeline_durability", Map.of("pipeline", plan.id(), "mode", mode), () -> 1);
      if (journal != null) {
        register(meters, plan.id(), journal);
      }
    }
  }

  private static void register(Meters meters, String pipeline, SegmentedJournal journal) {
    Map<String, ToDoubleFunction<JournalStatus>> gauges = new TreeMap<>();
    gauges.put("healthy", status -> status.healthy() ? 1 : 0);
    gauges.put("full", status -> status.full() ? 1 : 0);
    gauges.put("segments", JournalStatus::segments);
    gauges.put("bytes", JournalStatus::bytes);
    gauges.put("capacity_bytes", JournalStatus::capacityBytes);
    gauges.put("usable_bytes", JournalStatus::usableBytes);
    gauges.put("oldest_timestamp_seconds", status -> status.oldestEpochNanos() / 1e9);
    gauges.put("waiting_bytes", JournalStatus::waitingBytes);
    gauges.put("lost_items", status -> status.lostItems() + status.unreadableItems());
    gauges.put("truncated_bytes", JournalStatus::truncatedBytes);
    gauges.put("write_failures", JournalStatus::failures);
    gauges.put("fsync_failures", status -> status.forceFailures() + status.sealFailures());
    gauges.put("last_fsync_seconds", status -> status.lastForceNanos() / 1e9);
    gauges.forEach((name, value) ->
        meters.gauge(
            "sluice_journal_" + name,
            Map.of("pipeline", pipeline),
            () -> value.applyAsDouble(journal.status())));
  }

  /** Closes those that no pipeline has taken over. */
  void close() {
    journals.values().forEach(Journal::close);
  }
}
