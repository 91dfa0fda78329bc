package dev.sluice.otlp;

/**
 * The message types that travel in OTLP: a row each in the tables of {@link Schema}. Named as in
 * the proto, nested names with their outer message.
 */
enum Message {
  TRACES_REQUEST("ExportTraceServiceRequest"),
  METRICS_REQUEST("ExportMetricsServiceRequest"),
  LOGS_REQUEST("ExportLogsServiceRequest"),
  RESOURCE("Resource"),
  ENTITY_REF("EntityRef"),
  SCOPE("InstrumentationScope"),
  KEY_VALUE("KeyValue"),
  ANY_VALUE("AnyValue"),
  ARRAY_VALUE("ArrayValue"),
  KEY_VALUE_LIST("KeyValueList"),
  RESOURCE_SPANS("ResourceSpans"),
  SCOPE_SPANS("ScopeSpans"),
  SPAN("Span"),
  SPAN_EVENT("Span.Event"),
  SPAN_LINK("Span.Link"),
  SPAN_STATUS("Status"),
  RESOURCE_METRICS("ResourceMetrics"),
  SCOPE_METRICS("ScopeMetrics"),
  METRIC("Metric"),
  GAUGE("Gauge"),
  SUM("Sum"),
  HISTOGRAM("Histogram"),
  EXPONENTIAL_HISTOGRAM("ExponentialHistogram"),
  SUMMARY("Summary"),
  NUMBER_POINT("NumberDataPoint"),
  HISTOGRAM_POINT("HistogramDataPoint"),
  EXPONENTIAL_POINT("ExponentialHistogramDataPoint"),
  BUCKETS("ExponentialHistogramDataPoint.Buckets"),
  SUMMARY_POINT("SummaryDataPoint"),
  QUANTILE("SummaryDataPoint.ValueAtQuantile"),
  EXEMPLAR("Exemplar"),
  RESOURCE_LOGS("ResourceLogs"),
  SCOPE_LOGS("ScopeLogs"),
  LOG_RECORD("LogRecord");

  private final String protoName;

  Message(String protoName) {
    this.protoName = protoName;
  }

  /** A number from 0, dense, for tables. */
  @SuppressWarnings("EnumOrdinal") // the tables are built at start from this very enum
  int id() {
    return ordinal();
  }

  /** The message with an {@link #id}. */
  @SuppressWarnings("EnumOrdinal") // see id
  static Message of(int id) {
    return values()[id];
  }

  String protoName() {
    return protoName;
  }

  /** Whether one such message is one item of its signal. */
  boolean isItem() {
    return switch (this) {
      case SPAN, LOG_RECORD, NUMBER_POINT, HISTOGRAM_POINT, EXPONENTIAL_POINT, SUMMARY_POINT ->
          true;
      default -> false;
    };
  }

  /** The request that carries a signal. */
  static Message request(Signal signal) {
    return switch (signal) {
      case TRACES -> TRACES_REQUEST;
      case METRICS -> METRICS_REQUEST;
      case LOGS -> LOGS_REQUEST;
    };
  }
}
