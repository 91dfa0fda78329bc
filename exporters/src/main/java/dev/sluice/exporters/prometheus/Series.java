package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A Prometheus series: its labels, sorted by name and ready to be written. One exists for a label
 * set in a {@link SeriesCache}, and equality is that of the labels. Used by one thread at a time.
 *
 * <p>The key is the labels as the fields {@code TimeSeries.labels} of remote write 1.0.
 */
final class Series extends RawTable.Entry {
  /** Name, value, name, value and so on, for remote write 2.0. */
  final Symbol[] symbols;

  /** What was last said of the series' metric. */
  Metadata metadata;

  /** The newest {@code target_info} sample that was translated, in milliseconds. */
  long newestMillis = Long.MIN_VALUE;

  /** The batch that {@link #head} and {@link #tail} belong to. */
  long batch;

  /** The first and last sample of this series in the {@link SampleStore}. */
  int head;

  int tail;

  Series(byte[] labels, int hash, Symbol[] symbols, Metadata metadata) {
    super(null, labels, hash);
    this.symbols = symbols;
    this.metadata = metadata;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Series series && Arrays.equals(key, series.key);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** The labels as Prometheus prints them in its messages: {@code {__name__="up", job="x"}}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    WireReader labels = new WireReader().reset(key, 0, key.length);
    WireReader label = new WireReader();
    while (labels.next()) {
      labels.enter(label);
      label.next();
      text.append(text.length() > 1 ? ", " : "").append(label.string());
      label.next();
      text.append("=\"").append(escaped(label.string())).append('"');
    }
    return text.append('}').toString();
  }

  /** The first value of the label of this name; empty when there is none. */
  String label(String name) {
    for (int i = 0; i < symbols.length; i += 2) {
      if (new String(symbols[i].key, StandardCharsets.UTF_8).equals(name)) {
        return new String(symbols[i + 1].key, StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
