package dev.sluice.ledger;

import dev.sluice.config.Section;

/**
 * How much the ledger remembers: {@code service::telemetry::ledger}.
 *
 * @param sampleEvery one request of so many is followed; the first few of a quiet time all are
 * @param memoryBytes what is kept in memory at most, of all pipelines together
 * @param diskBytes what the losses may take on disk; the newest stay
 */
public record LedgerSettings(int sampleEvery, long memoryBytes, long diskBytes) {
  public static final LedgerSettings DEFAULTS = new LedgerSettings(32, 8L << 20, 64L << 20);

  /** Reads {@code sample_every}, {@code max_memory_mib} and {@code max_disk_mib}. */
  public static LedgerSettings read(Section section) {
    return new LedgerSettings(
        section.integer("sample_every", DEFAULTS.sampleEvery, 1, 1 << 20),
        section.longInteger("max_memory_mib", DEFAULTS.memoryBytes >> 20, 1, 1 << 10) << 20,
        section.longInteger("max_disk_mib", DEFAULTS.diskBytes >> 20, 1, 1 << 20) << 20);
  }
}
