package dev.sluice.exporters.prometheus;

import dev.sluice.exporters.http.HttpAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint of remote write 2.0 says that it wrote.
 *
 * @param present whether it says so; one that does not is taken not to know remote write 2.0
 */
record WrittenStats(boolean present, long samples, long histograms, long exemplars) {
  private static final String PREFIX = "x-prometheus-remote-write-";

  static WrittenStats of(HttpAnswer answer) {
    String samples = answer.header(PREFIX + "samples-written");
    String histograms = answer.header(PREFIX + "histograms-written");
    String exemplars = answer.header(PREFIX + "exemplars-written");
    boolean present = samples != null || histograms != null;
    return new WrittenStats(present, count(samples), count(histograms), count(exemplars));
  }

  private static long count(@Nullable String header) {
    if (header == null) {
      return 0;
    }
    try {
      return Math.max(0, Long.parseLong(header.strip()));
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
