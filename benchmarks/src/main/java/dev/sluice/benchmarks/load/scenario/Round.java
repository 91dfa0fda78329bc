package dev.sluice.benchmarks.load.scenario;

import dev.sluice.benchmarks.load.client.LoadReport;

/**
 * One load on one collector, until the collector was at rest again.
 *
 * @param deliveredSeconds from the first request to the last delivery
 * @param cpuSeconds of the collector
 * @param peakRssMib of the collector
 * @param loadCores how many cores the load and the sink took while requests were sent: near 1 on
 *     one core, the load was the limit, and not the collector
 */
record Round(
    LoadReport report,
    double deliveredSeconds,
    double cpuSeconds,
    double peakRssMib,
    double loadCores) {
  /** What went through to the backend; less than what was accepted while a queue filled. */
  double deliveredItemsPerSecond() {
    return report.acceptedItems() / deliveredSeconds;
  }

  /** CPU of the collector for one accepted item, in microseconds. */
  double cpuMicrosPerItem() {
    return cpuSeconds * 1e6 / Math.max(1, report.acceptedItems());
  }
}
