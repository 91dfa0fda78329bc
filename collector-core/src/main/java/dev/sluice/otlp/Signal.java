package dev.sluice.otlp;

/** The three kinds of telemetry, and the field's word for what each consists of. */
public enum Signal {
  TRACES("traces", "spans"),
  METRICS("metrics", "metric_points"),
  LOGS("logs", "log_records");

  private final String label;
  private final String items;

  Signal(String label, String items) {
    this.label = label;
    this.items = items;
  }

  /** The word of pipeline ids, paths and the {@code data_type} label: {@code traces}. */
  public String label() {
    return label;
  }

  /** The word of the Collector's meters for one item, in the plural: {@code spans}. */
  public String items() {
    return items;
  }
}
