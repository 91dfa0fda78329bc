package dev.sluice.pipeline;

import dev.sluice.config.Section;

/**
 * The queue on disk of an exporter: {@code sending_queue.storage}, and Sluice's own {@code
 * live_share}.
 *
 * @param id of the extension that has the folder; empty for a queue in memory only
 * @param liveShare of the batches that are new while an older backlog is read back from disk; 0
 *     delivers strictly in order; {@link #BY_EXPORTER} leaves it to the exporter
 */
public record StorageSettings(String id, double liveShare) {
  /** In order for an exporter that delivers in order, else {@link #SHARE}. */
  private static final double BY_EXPORTER = -1;

  private static final double SHARE = 0.5;

  public static final StorageSettings NONE = new StorageSettings("", BY_EXPORTER);

  private static final double LIVE_SHARE_MAX = 0.9;

  /** Reads {@code storage} and {@code live_share}. */
  static StorageSettings read(Section section) {
    return new StorageSettings(
        section.string("storage", ""),
        section.number("live_share", BY_EXPORTER, 0, LIVE_SHARE_MAX));
  }

  /** The share that is live, for an exporter that delivers in order or does not. */
  double liveShare(boolean ordered) {
    double byExporter = ordered ? 0 : SHARE;
    return liveShare == BY_EXPORTER ? byExporter : liveShare;
  }

  public boolean isThere() {
    return !id.isEmpty();
  }
}
