package dev.sluice.otlp;

import static dev.sluice.otlp.Field.enumeration;
import static dev.sluice.otlp.Field.message;
import static dev.sluice.otlp.Field.scalar;

import dev.sluice.otlp.Field.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The OTLP proto as a table: for each message its fields, with names, types and children. {@link
 * Validator} and the JSON transcoding are driven by it, so that a new field of the proto is one
 * line here; a test holds the table against the generated classes. Immutable.
 */
final class Schema {
  /** How many messages may be nested below the request, as protobuf-java allows by default. */
  static final int DEPTH_MAX = 100;

  private static final Field[][] FIELDS = new Field[Message.values().length][];

  /** Field numbers are below this. */
  static final int NUMBER_MAX = 17;

  /** Per message its fields by their numbers. */
  private static final @Nullable Field[][] BY_NUMBER =
      new @Nullable Field[Message.values().length][NUMBER_MAX];

  static {
    for (Message message : Message.values()) {
      FIELDS[message.id()] = table(message);
      for (Field field : FIELDS[message.id()]) {
        BY_NUMBER[message.id()][field.number()] = field;
      }
    }
  }

  private Schema() {}

  /** The fields of a message in the order of the proto; not to be changed. */
  static Field[] fields(Message message) {
    return FIELDS[message.id()];
  }

  /** The field with a number, or null where the schema has none. */
  static @Nullable Field field(Message message, int number) {
    return number >= 0 && number < NUMBER_MAX ? BY_NUMBER[message.id()][number] : null;
  }

  // Longer than a method should be: it is the table.
  private static Field[] table(Message type) {
    return switch (type) {
      case TRACES_REQUEST ->
          row(
              message(
                      Otlp.ExportTraceServiceRequest.RESOURCE_SPANS,
                      "resource_spans",
                      Message.RESOURCE_SPANS)
                  .asRepeated());
      case METRICS_REQUEST ->
          row(
              message(
                      Otlp.ExportMetricsServiceRequest.RESOURCE_METRICS,
                      "resource_metrics",
                      Message.RESOURCE_METRICS)
                  .asRepeated());
      case LOGS_REQUEST ->
          row(
              message(
                      Otlp.ExportLogsServiceRequest.RESOURCE_LOGS,
                      "resource_logs",
                      Message.RESOURCE_LOGS)
                  .asRepeated());
      case RESOURCE ->
          row(
              message(Otlp.Resource.ATTRIBUTES, "attributes", Message.KEY_VALUE).asRepeated(),
              scalar(
                  Otlp.Resource.DROPPED_ATTRIBUTES_COUNT, "dropped_attributes_count", Kind.UINT32),
              message(Otlp.Resource.ENTITY_REFS, "entity_refs", Message.ENTITY_REF).asRepeated());
      case ENTITY_REF ->
          row(
              scalar(Otlp.EntityRef.SCHEMA_URL, "schema_url", Kind.STRING),
              scalar(Otlp.EntityRef.TYPE, "type", Kind.STRING),
              scalar(Otlp.EntityRef.ID_KEYS, "id_keys", Kind.STRING).asRepeated(),
              scalar(Otlp.EntityRef.DESCRIPTION_KEYS, "description_keys", Kind.STRING)
                  .asRepeated());
      case SCOPE ->
          row(
              scalar(Otlp.InstrumentationScope.NAME, "name", Kind.STRING),
              scalar(Otlp.InstrumentationScope.VERSION, "version", Kind.STRING),
              message(Otlp.InstrumentationScope.ATTRIBUTES, "attributes", Message.KEY_VALUE)
                  .asRepeated(),
              scalar(
                  Otlp.InstrumentationScope.DROPPED_ATTRIBUTES_COUNT,
                  "dropped_attributes_count",
                  Kind.UINT32));
      case KEY_VALUE ->
          row(
              scalar(Otlp.KeyValue.KEY, "key", Kind.STRING),
              message(Otlp.KeyValue.VALUE, "value", Message.ANY_VALUE),
              scalar(Otlp.KeyValue.KEY_STRINDEX, "key_strindex", Kind.INT32));
      case ANY_VALUE ->
          row(
              scalar(Otlp.AnyValue.STRING_VALUE, "string_value", Kind.STRING).asOneof(),
              scalar(Otlp.AnyValue.BOOL_VALUE, "bool_value", Kind.BOOL).asOneof(),
              scalar(Otlp.AnyValue.INT_VALUE, "int_value", Kind.INT64).asOneof(),
              scalar(Otlp.AnyValue.DOUBLE_VALUE, "double_value", Kind.DOUBLE).asOneof(),
              message(Otlp.AnyValue.ARRAY_VALUE, "array_value", Message.ARRAY_VALUE).asOneof(),
              message(Otlp.AnyValue.KVLIST_VALUE, "kvlist_value", Message.KEY_VALUE_LIST).asOneof(),
              scalar(Otlp.AnyValue.BYTES_VALUE, "bytes_value", Kind.BYTES).asOneof(),
              scalar(Otlp.AnyValue.STRING_VALUE_STRINDEX, "string_value_strindex", Kind.INT32)
                  .asOneof());
      case ARRAY_VALUE ->
          row(message(Otlp.ArrayValue.VALUES, "values", Message.ANY_VALUE).asRepeated());
      case KEY_VALUE_LIST ->
          row(message(Otlp.KeyValueList.VALUES, "values", Message.KEY_VALUE).asRepeated());
      case RESOURCE_SPANS ->
          row(
              message(Otlp.ResourceSpans.RESOURCE, "resource", Message.RESOURCE),
              message(Otlp.ResourceSpans.SCOPE_SPANS, "scope_spans", Message.SCOPE_SPANS)
                  .asRepeated(),
              scalar(Otlp.ResourceSpans.SCHEMA_URL, "schema_url", Kind.STRING));
      case SCOPE_SPANS ->
          row(
              message(Otlp.ScopeSpans.SCOPE, "scope", Message.SCOPE),
              message(Otlp.ScopeSpans.SPANS, "spans", Message.SPAN).asRepeated(),
              scalar(Otlp.ScopeSpans.SCHEMA_URL, "schema_url", Kind.STRING));
      case SPAN ->
          row(
              scalar(Otlp.Span.TRACE_ID, "trace_id", Kind.TRACE_ID),
              scalar(Otlp.Span.SPAN_ID, "span_id", Kind.SPAN_ID),
              scalar(Otlp.Span.TRACE_STATE, "trace_state", Kind.STRING),
              scalar(Otlp.Span.PARENT_SPAN_ID, "parent_span_id", Kind.SPAN_ID),
              scalar(Otlp.Span.FLAGS, "flags", Kind.FIXED32),
              scalar(Otlp.Span.NAME, "name", Kind.STRING),
              spanKind(Otlp.Span.KIND, "kind"),
              scalar(Otlp.Span.START_TIME_UNIX_NANO, "start_time_unix_nano", Kind.FIXED64),
              scalar(Otlp.Span.END_TIME_UNIX_NANO, "end_time_unix_nano", Kind.FIXED64),
              message(Otlp.Span.ATTRIBUTES, "attributes", Message.KEY_VALUE).asRepeated(),
              scalar(Otlp.Span.DROPPED_ATTRIBUTES_COUNT, "dropped_attributes_count", Kind.UINT32),
              message(Otlp.Span.EVENTS, "events", Message.SPAN_EVENT).asRepeated(),
              scalar(Otlp.Span.DROPPED_EVENTS_COUNT, "dropped_events_count", Kind.UINT32),
              message(Otlp.Span.LINKS, "links", Message.SPAN_LINK).asRepeated(),
              scalar(Otlp.Span.DROPPED_LINKS_COUNT, "dropped_links_count", Kind.UINT32),
              message(Otlp.Span.STATUS, "status", Message.SPAN_STATUS));
      case SPAN_EVENT ->
          row(
              scalar(Otlp.Span.Event.TIME_UNIX_NANO, "time_unix_nano", Kind.FIXED64),
              scalar(Otlp.Span.Event.NAME, "name", Kind.STRING),
              message(Otlp.Span.Event.ATTRIBUTES, "attributes", Message.KEY_VALUE).asRepeated(),
              scalar(
                  Otlp.Span.Event.DROPPED_ATTRIBUTES_COUNT,
                  "dropped_attributes_count",
                  Kind.UINT32));
      case SPAN_LINK ->
          row(
              scalar(Otlp.Span.Link.TRACE_ID, "trace_id", Kind.TRACE_ID),
              scalar(Otlp.Span.Link.SPAN_ID, "span_id", Kind.SPAN_ID),
              scalar(Otlp.Span.Link.TRACE_STATE, "trace_state", Kind.STRING),
              message(Otlp.Span.Link.ATTRIBUTES, "attributes", Message.KEY_VALUE).asRepeated(),
              scalar(
                  Otlp.Span.Link.DROPPED_ATTRIBUTES_COUNT, "dropped_attributes_count", Kind.UINT32),
              scalar(Otlp.Span.Link.FLAGS, "flags", Kind.FIXED32));
      case SPAN_STATUS ->
          row(
              scalar(Otlp.Status.MESSAGE, "message", Kind.STRING),
              statusCode(Otlp.Status.CODE, "code"));
      case RESOURCE_METRICS ->
          row(
              message(Otlp.ResourceMetrics.RESOURCE, "resource", Message.RESOURCE),
              message(Otlp.ResourceMetrics.SCOPE_METRICS, "scope_metrics", Message.SCOPE_METRICS)
                  .asRepeated(),
              scalar(Otlp.ResourceMetrics.SCHEMA_URL, "schema_url", Kind.STRING));
      case SCOPE_METRICS ->
          row(
              message(Otlp.ScopeMetrics.SCOPE, "scope", Message.SCOPE),
              message(Otlp.ScopeMetrics.METRICS, "metrics", Message.METRIC).asRepeated(),
              scalar(Otlp.ScopeMetrics.SCHEMA_URL, "schema_url", Kind.STRING));
      case METRIC ->
          row(
              scalar(Otlp.Metric.NAME, "name", Kind.STRING),
              scalar(Otlp.Metric.DESCRIPTION, "description", Kind.STRING),
              scalar(Otlp.Metric.UNIT, "unit", Kind.STRING),
              message(Otlp.Metric.GAUGE, "gauge", Message.GAUGE).asOneof(),
              message(Otlp.Metric.SUM, "sum", Message.SUM).asOneof(),
              message(Otlp.Metric.HISTOGRAM, "histogram", Message.HISTOGRAM).asOneof(),
              message(
                      Otlp.Metric.EXPONENTIAL_HISTOGRAM,
                      "exponential_histogram",
                      Message.EXPONENTIAL_HISTOGRAM)
                  .asOneof(),
              message(Otlp.Metric.SUMMARY, "summary", Message.SUMMARY).asOneof(),
              message(Otlp.Metric.METADATA, "metadata", Message.KEY_VALUE).asRepeated());
      case GAUGE ->
          row(message(Otlp.Gauge.DATA_POINTS, "data_points", Message.NUMBER_POINT).asRepeated());
      case SUM ->
          row(
              message(Otlp.Sum.DATA_POINTS, "data_points", Message.NUMBER_POINT).asRepeated(),
              temporality(Otlp.Sum.AGGREGATION_TEMPORALITY, "aggregation_temporality"),
              scalar(Otlp.Sum.IS_MONOTONIC, "is_monotonic", Kind.BOOL));
      case HISTOGRAM ->
          row(
              message(Otlp.Histogram.DATA_POINTS, "data_points", Message.HISTOGRAM_POINT)
                  .asRepeated(),
              temporality(Otlp.Histogram.AGGREGATION_TEMPORALITY, "aggregation_temporality"));
      case EXPONENTIAL_HISTOGRAM ->
          row(
              message(
                      Otlp.ExponentialHistogram.DATA_POINTS,
                      "data_points",
                      Message.EXPONENTIAL_POINT)
                  .asRepeated(),
              temporality(
                  Otlp.ExponentialHistogram.AGGREGATION_TEMPORALITY, "aggregation_temporality"));
      case SUMMARY ->
          row(message(Otlp.Summary.DATA_POINTS, "data_points", Message.SUMMARY_POINT).asRepeated());
      case NUMBER_POINT ->
          row(
              message(Otlp.NumberDataPoint.ATTRIBUTES, "attributes", Message.KEY_VALUE)
                  .asRepeated(),
              scalar(
                  Otlp.NumberDataPoint.START_TIME_UNIX_NANO, "start_time_unix_nano", Kind.FIXED64),
              scalar(Otlp.NumberDataPoint.TIME_UNIX_NANO, "time_unix_nano", Kind.FIXED64),
              scalar(Otlp.NumberDataPoint.AS_DOUBLE, "as_double", Kind.DOUBLE).asOneof(),
              scalar(Otlp.NumberDataPoint.AS_INT, "as_int", Kind.SFIXED64).asOneof(),
              message(Otlp.NumberDataPoint.EXEMPLARS, "exemplars", Message.EXEMPLAR).asRepeated(),
              scalar(Otlp.NumberDataPoint.FLAGS, "flags", Kind.UINT32));
      case HISTOGRAM_POINT ->
          row(
              message(Otlp.HistogramDataPoint.ATTRIBUTES, "attributes", Message.KEY_VALUE)
                  .asRepeated(),
              scalar(
                  Otlp.HistogramDataPoint.START_TIME_UNIX_NANO,
                  "start_time_unix_nano",
                  Kind.FIXED64),
              scalar(Otlp.HistogramDataPoint.TIME_UNIX_NANO, "time_unix_nano", Kind.FIXED64),
              scalar(Otlp.HistogramDataPoint.COUNT, "count", Kind.FIXED64),
              scalar(Otlp.HistogramDataPoint.SUM, "sum", Kind.DOUBLE).asOptional(),
              scalar(Otlp.HistogramDataPoint.BUCKET_COUNTS, "bucket_counts", Kind.FIXED64)
                  .asRepeated(),
              scalar(Otlp.HistogramDataPoint.EXPLICIT_BOUNDS, "explicit_bounds", Kind.DOUBLE)
                  .asRepeated(),
              message(Otlp.HistogramDataPoint.EXEMPLARS, "exemplars", Message.EXEMPLAR)
                  .asRepeated(),
              scalar(Otlp.HistogramDataPoint.FLAGS, "flags", Kind.UINT32),
              scalar(Otlp.HistogramDataPoint.MIN, "min", Kind.DOUBLE).asOptional(),
              scalar(Otlp.HistogramDataPoint.MAX, "max", Kind.DOUBLE).asOptional());
      case EXPONENTIAL_POINT ->
          row(
              message(
                      Otlp.ExponentialHistogramDataPoint.ATTRIBUTES,
                      "attributes",
                      Message.KEY_VALUE)
                  .asRepeated(),
              scalar(
                  Otlp.ExponentialHistogramDataPoint.START_TIME_UNIX_NANO,
                  "start_time_unix_nano",
                  Kind.FIXED64),
              scalar(
                  Otlp.ExponentialHistogramDataPoint.TIME_UNIX_NANO,
                  "time_unix_nano",
                  Kind.FIXED64),
              scalar(Otlp.ExponentialHistogramDataPoint.COUNT, "count", Kind.FIXED64),
              scalar(Otlp.ExponentialHistogramDataPoint.SUM, "sum", Kind.DOUBLE).asOptional(),
              scalar(Otlp.ExponentialHistogramDataPoint.SCALE, "scale", Kind.SINT32),
              scalar(Otlp.ExponentialHistogramDataPoint.ZERO_COUNT, "zero_count", Kind.FIXED64),
              message(Otlp.ExponentialHistogramDataPoint.POSITIVE, "positive", Message.BUCKETS),
              message(Otlp.ExponentialHistogramDataPoint.NEGATIVE, "negative", Message.BUCKETS),
              scalar(Otlp.ExponentialHistogramDataPoint.FLAGS, "flags", Kind.UINT32),
              message(Otlp.ExponentialHistogramDataPoint.EXEMPLARS, "exemplars", Message.EXEMPLAR)
                  .asRepeated(),
              scalar(Otlp.ExponentialHistogramDataPoint.MIN, "min", Kind.DOUBLE).asOptional(),
              scalar(Otlp.ExponentialHistogramDataPoint.MAX, "max", Kind.DOUBLE).asOptional(),
              scalar(
                  Otlp.ExponentialHistogramDataPoint.ZERO_THRESHOLD,
                  "zero_threshold",
                  Kind.DOUBLE));
      case BUCKETS ->
          row(
              scalar(Otlp.ExponentialHistogramDataPoint.Buckets.OFFSET, "offset", Kind.SINT32),
              scalar(
                      Otlp.ExponentialHistogramDataPoint.Buckets.BUCKET_COUNTS,
                      "bucket_counts",
                      Kind.UINT64)
                  .asRepeated());
      case SUMMARY_POINT ->
          row(
              message(Otlp.SummaryDataPoint.ATTRIBUTES, "attributes", Message.KEY_VALUE)
                  .asRepeated(),
              scalar(
                  Otlp.SummaryDataPoint.START_TIME_UNIX_NANO, "start_time_unix_nano", Kind.FIXED64),
              scalar(Otlp.SummaryDataPoint.TIME_UNIX_NANO, "time_unix_nano", Kind.FIXED64),
              scalar(Otlp.SummaryDataPoint.COUNT, "count", Kind.FIXED64),
              scalar(Otlp.SummaryDataPoint.SUM, "sum", Kind.DOUBLE),
              message(Otlp.SummaryDataPoint.QUANTILE_VALUES, "quantile_values", Message.QUANTILE)
                  .asRepeated(),
              scalar(Otlp.SummaryDataPoint.FLAGS, "flags", Kind.UINT32));
      case QUANTILE ->
          row(
              scalar(Otlp.SummaryDataPoint.ValueAtQuantile.QUANTILE, "quantile", Kind.DOUBLE),
              scalar(Otlp.SummaryDataPoint.ValueAtQuantile.VALUE, "value", Kind.DOUBLE));
      case EXEMPLAR ->
          row(
              message(Otlp.Exemplar.FILTERED_ATTRIBUTES, "filtered_attributes", Message.KEY_VALUE)
                  .asRepeated(),
              scalar(Otlp.Exemplar.TIME_UNIX_NANO, "time_unix_nano", Kind.FIXED64),
              scalar(Otlp.Exemplar.AS_DOUBLE, "as_double", Kind.DOUBLE).asOneof(),
              scalar(Otlp.Exemplar.AS_INT, "as_int", Kind.SFIXED64).asOneof(),
              scalar(Otlp.Exemplar.SPAN_ID, "span_id", Kind.SPAN_ID),
              scalar(Otlp.Exemplar.TRACE_ID, "trace_id", Kind.TRACE_ID));
      case RESOURCE_LOGS ->
          row(
              message(Otlp.ResourceLogs.RESOURCE, "resource", Message.RESOURCE),
              message(Otlp.ResourceLogs.SCOPE_LOGS, "scope_logs", Message.SCOPE_LOGS).asRepeated(),
              scalar(Otlp.ResourceLogs.SCHEMA_URL, "schema_url", Kind.STRING));
      case SCOPE_LOGS ->
          row(
              message(Otlp.ScopeLogs.SCOPE, "scope", Message.SCOPE),
              message(Otlp.ScopeLogs.LOG_RECORDS, "log_records", Message.LOG_RECORD).asRepeated(),
              scalar(Otlp.ScopeLogs.SCHEMA_URL, "schema_url", Kind.STRING));
      case LOG_RECORD ->
          row(
              scalar(Otlp.LogRecord.TIME_UNIX_NANO, "time_unix_nano", Kind.FIXED64),
              scalar(
                  Otlp.LogRecord.OBSERVED_TIME_UNIX_NANO, "observed_time_unix_nano", Kind.FIXED64),
              severity(Otlp.LogRecord.SEVERITY_NUMBER, "severity_number"),
              scalar(Otlp.LogRecord.SEVERITY_TEXT, "severity_text", Kind.STRING),
              message(Otlp.LogRecord.BODY, "body", Message.ANY_VALUE),
              message(Otlp.LogRecord.ATTRIBUTES, "attributes", Message.KEY_VALUE).asRepeated(),
              scalar(
                  Otlp.LogRecord.DROPPED_ATTRIBUTES_COUNT, "dropped_attributes_count", Kind.UINT32),
              scalar(Otlp.LogRecord.FLAGS, "flags", Kind.FIXED32),
              scalar(Otlp.LogRecord.TRACE_ID, "trace_id", Kind.TRACE_ID),
              scalar(Otlp.LogRecord.SPAN_ID, "span_id", Kind.SPAN_ID),
              scalar(Otlp.LogRecord.EVENT_NAME, "event_name", Kind.STRING));
    };
  }

  private static Field[] row(Field... fields) {
    return fields;
  }

  private static Field spanKind(int number, String name) {
    return enumeration(
        number,
        name,
        "SPAN_KIND_",
        "UNSPECIFIED",
        "INTERNAL",
        "SERVER",
        "CLIENT",
        "PRODUCER",
        "CONSUMER");
  }

  private static Field statusCode(int number, String name) {
    return enumeration(number, name, "STATUS_CODE_", "UNSET", "OK", "ERROR");
  }

  private static Field temporality(int number, String name) {
    return enumeration(
        number, name, "AGGREGATION_TEMPORALITY_", "UNSPECIFIED", "DELTA", "CUMULATIVE");
  }

  private static Field severity(int number, String name) {
    String[] names = new String[25];
    names[0] = "UNSPECIFIED";
    String[] levels = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"};
    for (int i = 1; i < names.length; i++) {
      int step = (i - 1) % 4;
      names[i] = levels[(i - 1) / 4] + (step == 0 ? "" : step + 1);
    }
    return enumeration(number, name, "SEVERITY_NUMBER_", names);
  }
}
