package dev.sluice.exporters.prometheus;

import dev.sluice.exporters.http.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out which samples an endpoint of remote write 2.0 left out, from the lines of its answer:
 * Prometheus writes {@code out of order sample for series {__name__="up"}}, one line a sample. Of
 * several samples of a series the oldest are taken to be meant. Not on the hot path.
 */
final class PartialWrite {
  private final SampleStore store;
  private final Ranges ranges;
  private final Losses losses;

  PartialWrite(SampleStore store, Ranges ranges, Losses losses) {
    this.store = store;
    this.ranges = ranges;
    this.losses = losses;
  }

  /**
   * Records the loss of {@code missing} samples of a range.
   *
   * @param answer that the endpoint gave to the request with the range
   */
  void record(Range range, HttpAnswer answer, long missing) {
    long found = 0;
    Map<String, List<Integer>> samples = bySeries(range);
    for (String line : new String(answer.body(), StandardCharsets.UTF_8).lines().toList()) {
      int brace = line.indexOf('{');
      int end = line.lastIndexOf('}');
      if (found == missing || brace < 0 || end < brace || line.contains("exemplar")) {
        continue;
      }
      List<Integer> candidates = samples.get(line.substring(brace, end + 1));
      if (candidates != null && !candidates.isEmpty()) {
        int sample = candidates.removeFirst();
        String cause = cause(line, brace);
        if (!ranges.isStoredAlready(range, sample, cause)) {
          losses.rejected(store.point(sample), answer.reason(cause));
        }
        found++;
      }
    }
    if (found < missing) {
      int rest = (int) Math.min(missing - found, range.size());
      losses.rejectedSome(rest, answer.reason(answer.text()));
    }
  }

  private Map<String, List<Integer>> bySeries(Range range) {
    int[] order = ranges.order();
    Map<String, List<Integer>> samples = new HashMap<>();
    for (int at = range.from; at < range.to; at++) {
      String series = store.series(order[at]).toString();
      samples.computeIfAbsent(series, _ -> new ArrayList<>()).add(order[at]);
    }
    return samples;
  }

  private static String cause(String line, int brace) {
    String before = HttpAnswer.line(line.substring(0, brace));
    String cause =
        before.endsWith("for series") ? before.substring(0, before.length() - 10) : before;
    return cause.strip();
  }
}
