package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.WireReader;

/** Turns data points of one kind into samples. Hot path. Used by one thread. */
interface PointReader {
  /**
   * Reads a point to its end and adds its samples, or the loss of it.
   *
   * @param ordinal the point's number in the batch
   * @return the point's time, in nanoseconds since the epoch, unsigned
   */
  long read(WireReader point, MetricContext metric, int ordinal);
}
