package dev.sluice.exporters.prometheus;

/**
 * What the series of one data point have in common: their labels but for the name and for {@code
 * le} or {@code quantile}, in the order of the names. Used by one thread.
 */
final class LabelSet {
  private final Label[] labels;

  /** How many labels come before the name; nearly always none. */
  final int nameAt;

  /** How many labels come before {@code le} or {@code quantile}. */
  final int memberAt;

  /** The bytes of the labels as fields {@code TimeSeries.labels}. */
  final int bytes;

  /** The newest {@code target_info} sample of these labels, in milliseconds. */
  long newestMillis = Long.MIN_VALUE;

  LabelSet(Label[] labels, int nameAt, int memberAt) {
    this.labels = labels;
    this.nameAt = nameAt;
    this.memberAt = memberAt;
    int sum = 0;
    for (Label label : labels) {
      sum += label.size;
    }
    bytes = sum;
  }

  int size() {
    return labels.length;
  }

  Label label(int index) {
    return labels[index];
  }

  /** A hash that does not depend on the order, so that a name or member can be added to it. */
  long hash() {
    long hash = 0;
    for (Label label : labels) {
      hash += label.longHash();
    }
    return hash;
  }
}
