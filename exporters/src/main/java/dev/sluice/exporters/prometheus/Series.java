package dev.sluice.exporters.prometheus;

import org.jspecify.annotations.Nullable;

/**
 * A Prometheus series: its labels, sorted by name. One exists for a label set in a {@link
 * SeriesCache}, and equality is that of the labels, so that one that was forgotten equals the one
 * that is made of the same labels later. Small, since a histogram has many. Used by one thread at a
 * time.
 */
final class Series {
  /** The labels that it shares with the other series of its data point. */
  final LabelSet labels;

  final Label name;

  /** The label {@code le} or {@code quantile} of a bucket or quantile; null for other series. */
  final @Nullable Label member;

  private final int hash;

  /** The first and last sample of this series; what they mean is the {@link SampleStore}'s. */
  int head;

  int tail;

  Series(LabelSet labels, Label name, @Nullable Label member, int hash) {
    this.labels = labels;
    this.name = name;
    this.member = member;
    this.hash = hash;
  }

  /** How many labels it has. */
  int size() {
    return labels.size() + (member == null ? 1 : 2);
  }

  /** A label, in the order of the names. */
  Label label(int index) {
    int at = index;
    if (at == labels.nameAt) {
      return name;
    }
    at -= at > labels.nameAt ? 1 : 0;
    if (member == null || at < labels.memberAt) {
      return labels.label(at);
    }
    return at == labels.memberAt ? member : labels.label(at - 1);
  }

  /** The bytes of the labels as fields {@code TimeSeries.labels}. */
  int labelBytes() {
    return labels.bytes + name.size + (member == null ? 0 : member.size);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Series series && hasLabelsOf(series));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** The labels as Prometheus prints them in its messages: {@code {__name__="up", job="x"}}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < size(); i++) {
      text.append(i > 0 ? ", " : "").append(label(i).name());
      text.append("=\"").append(escaped(label(i).value().toString())).append('"');
    }
    return text.append('}').toString();
  }

  /** The value of the label of this name; empty when there is none. */
  String label(String of) {
    for (int i = 0; i < size(); i++) {
      if (label(i).name().toString().equals(of)) {
        return label(i).value().toString();
      }
    }
    return "";
  }

  private boolean hasLabelsOf(Series other) {
    if (hash != other.hash || size() != other.size()) {
      return false;
    }
    for (int i = 0; i < size(); i++) {
      if (!label(i).isSame(other.label(i))) {
        return false;
      }
    }
    return true;
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
