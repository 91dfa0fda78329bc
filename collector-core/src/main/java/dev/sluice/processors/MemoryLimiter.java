package dev.sluice.processors;

import dev.sluice.config.Section;
import java.time.Duration;

/**
 * The {@code memory_limiter} processor: its pipeline refuses while the process holds more telemetry
 * than the soft limit, which is the limit less the spike. Source: the Collector's
 * internal/memorylimiter.
 *
 * <p>The Collector measures its heap each {@code check_interval}; Sluice counts the bytes that it
 * really holds, at each request. So the intervals and the garbage collector's keys are accepted and
 * mean nothing.
 *
 * @param limitBytes the hard limit
 * @param spikeBytes how far below it refusal begins
 */
public record MemoryLimiter(long limitBytes, long spikeBytes) {
  private static final long MIB_MAX = 1L << 40;

  /**
   * Reads the processor's section. {@code totalBytes} is the container's or the machine's memory.
   */
  public static MemoryLimiter read(Section section, long totalBytes) {
    if (section.duration("check_interval", Duration.ZERO).isZero()) {
      section.problem("check_interval", "is required and must be more than 0, as 1s");
    }
    section.duration("min_gc_interval_when_soft_limited", Duration.ZERO);
    section.duration("min_gc_interval_when_hard_limited", Duration.ZERO);
    section.duration("max_gc_interval_when_soft_limited", Duration.ZERO);
    section.duration("max_gc_interval_when_hard_limited", Duration.ZERO);
    section.section("garbage_collector").bool("enabled", true);
    long limit = size(section, "limit_mib", "limit_percentage", totalBytes);
    if (limit == 0) {
      section.problem("limit_mib", "either limit_mib or limit_percentage must be set");
      return new MemoryLimiter(1, 0);
    }
    long spike = size(section, "spike_limit_mib", "spike_limit_percentage", totalBytes);
    if (spike >= limit) {
      section.problem("spike_limit_mib", "must be smaller than the limit");
    }
    return new MemoryLimiter(limit, spike == 0 ? limit / 5 : spike);
  }

  private static long size(Section section, String mib, String percentage, long totalBytes) {
    long bytes = section.mebibytes(mib, 0, 0, MIB_MAX);
    int percent = section.integer(percentage, 0, 0, 100);
    return bytes > 0 ? bytes : totalBytes / 100 * percent;
  }

  /** Where refusal begins. */
  public long softLimitBytes() {
    return limitBytes - spikeBytes;
  }
}
