package dev.sluice.exporters.prometheus;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The series of one classic histogram or summary.
 *
 * @param infinite the bucket {@code +Inf}; null for a summary
 * @param bounds upper bounds of the buckets, or quantiles
 * @param members one series a bound
 */
@SuppressWarnings("ArrayRecordComponent") // kept and compared by its owner only
record Family(
    Series sum, Series count, @Nullable Series infinite, double[] bounds, Series[] members) {
  /** Whether the bounds are the first {@code size} of {@code others}. */
  boolean hasBounds(double[] others, int size) {
    return Arrays.equals(bounds, 0, bounds.length, others, 0, size);
  }
}
