package dev.sluice.otlp;

/**
 * The field numbers and enum values of the OTLP protobuf messages, named as in the proto files of
 * opentelemetry-proto 1.11. Constants only, held against the generated classes by a test; longer
 * than a file should be because the proto is.
 *
 * <p>Enum values have lost the prefix that repeats their enum's name.
 */
public final class Otlp {
  private Otlp() {}

  /** What the three export requests have in common: each is a list of resources with telemetry. */
  public static final class ExportRequest {
    /** {@code resource_spans}, {@code resource_metrics} or {@code resource_logs}. */
    public static final int RESOURCE = 1;

    private ExportRequest() {}
  }

  /**
   * What {@code ResourceSpans}, {@code ResourceMetrics} and {@code ResourceLogs} have in common.
   */
  public static final class ResourceEnvelope {
    public static final int RESOURCE = 1;

    /** {@code scope_spans}, {@code scope_metrics} or {@code scope_logs}. */
    public static final int SCOPE = 2;

    public static final int SCHEMA_URL = 3;

    private ResourceEnvelope() {}
  }

  /** What {@code ScopeSpans}, {@code ScopeMetrics} and {@code ScopeLogs} have in common. */
  public static final class ScopeEnvelope {
    public static final int SCOPE = 1;

    /** {@code spans}, {@code metrics} or {@code log_records}. */
    public static final int ITEMS = 2;

    public static final int SCHEMA_URL = 3;

    private ScopeEnvelope() {}
  }

  /** What the five kinds of {@code data} of a {@code Metric} have in common. */
  public static final class MetricData {
    public static final int DATA_POINTS = 1;

    private MetricData() {}
  }

  /** What the three export responses have in common. */
  public static final class ExportResponse {
    public static final int PARTIAL_SUCCESS = 1;

    private ExportResponse() {}
  }

  /** What the {@code partial_success} messages of the three responses have in common. */
  public static final class PartialSuccess {
    /** {@code rejected_spans}, {@code rejected_data_points} or {@code rejected_log_records}. */
    public static final int REJECTED = 1;

    public static final int ERROR_MESSAGE = 2;

    private PartialSuccess() {}
  }

  // opentelemetry/proto/common/v1/common.proto

  /** Fields of {@code AnyValue}. */
  public static final class AnyValue {
    public static final int STRING_VALUE = 1;
    public static final int BOOL_VALUE = 2;
    public static final int INT_VALUE = 3;
    public static final int DOUBLE_VALUE = 4;
    public static final int ARRAY_VALUE = 5;
    public static final int KVLIST_VALUE = 6;
    public static final int BYTES_VALUE = 7;
    public static final int STRING_VALUE_STRINDEX = 8;

    private AnyValue() {}
  }

  /** Fields of {@code ArrayValue}. */
  public static final class ArrayValue {
    public static final int VALUES = 1;

    private ArrayValue() {}
  }

  /** Fields of {@code KeyValueList}. */
  public static final class KeyValueList {
    public static final int VALUES = 1;

    private KeyValueList() {}
  }

  /** Fields of {@code KeyValue}. */
  public static final class KeyValue {
    public static final int KEY = 1;
    public static final int VALUE = 2;
    public static final int KEY_STRINDEX = 3;

    private KeyValue() {}
  }

  /** Fields of {@code InstrumentationScope}. */
  public static final class InstrumentationScope {
    public static final int NAME = 1;
    public static final int VERSION = 2;
    public static final int ATTRIBUTES = 3;
    public static final int DROPPED_ATTRIBUTES_COUNT = 4;

    private InstrumentationScope() {}
  }

  /** Fields of {@code EntityRef}. */
  public static final class EntityRef {
    public static final int SCHEMA_URL = 1;
    public static final int TYPE = 2;
    public static final int ID_KEYS = 3;
    public static final int DESCRIPTION_KEYS = 4;

    private EntityRef() {}
  }

  // opentelemetry/proto/resource/v1/resource.proto

  /** Fields of {@code Resource}. */
  public static final class Resource {
    public static final int ATTRIBUTES = 1;
    public static final int DROPPED_ATTRIBUTES_COUNT = 2;
    public static final int ENTITY_REFS = 3;

    private Resource() {}
  }

  // opentelemetry/proto/trace/v1/trace.proto

  /** Fields of {@code ResourceSpans}. */
  public static final class ResourceSpans {
    public static final int RESOURCE = 1;
    public static final int SCOPE_SPANS = 2;
    public static final int SCHEMA_URL = 3;

    private ResourceSpans() {}
  }

  /** Fields of {@code ScopeSpans}. */
  public static final class ScopeSpans {
    public static final int SCOPE = 1;
    public static final int SPANS = 2;
    public static final int SCHEMA_URL = 3;

    private ScopeSpans() {}
  }

  /** Fields of {@code Span}. */
  public static final class Span {
    public static final int TRACE_ID = 1;
    public static final int SPAN_ID = 2;
    public static final int TRACE_STATE = 3;
    public static final int PARENT_SPAN_ID = 4;
    public static final int FLAGS = 16;
    public static final int NAME = 5;
    public static final int KIND = 6;
    public static final int START_TIME_UNIX_NANO = 7;
    public static final int END_TIME_UNIX_NANO = 8;
    public static final int ATTRIBUTES = 9;
    public static final int DROPPED_ATTRIBUTES_COUNT = 10;
    public static final int EVENTS = 11;
    public static final int DROPPED_EVENTS_COUNT = 12;
    public static final int LINKS = 13;
    public static final int DROPPED_LINKS_COUNT = 14;
    public static final int STATUS = 15;

    private Span() {}

    /** Fields of {@code Event}. */
    public static final class Event {
      public static final int TIME_UNIX_NANO = 1;
      public static final int NAME = 2;
      public static final int ATTRIBUTES = 3;
      public static final int DROPPED_ATTRIBUTES_COUNT = 4;

      private Event() {}
    }

    /** Fields of {@code Link}. */
    public static final class Link {
      public static final int TRACE_ID = 1;
      public static final int SPAN_ID = 2;
      public static final int TRACE_STATE = 3;
      public static final int ATTRIBUTES = 4;
      public static final int DROPPED_ATTRIBUTES_COUNT = 5;
      public static final int FLAGS = 6;

      private Link() {}
    }

    /** Values of {@code SpanKind}. */
    public static final class SpanKind {
      public static final int UNSPECIFIED = 0;
      public static final int INTERNAL = 1;
      public static final int SERVER = 2;
      public static final int CLIENT = 3;
      public static final int PRODUCER = 4;
      public static final int CONSUMER = 5;

      private SpanKind() {}
    }
  }

  /** Fields of {@code Status}. */
  public static final class Status {
    public static final int MESSAGE = 2;
    public static final int CODE = 3;

    private Status() {}

    /** Values of {@code StatusCode}. */
    public static final class StatusCode {
      public static final int UNSET = 0;
      public static final int OK = 1;
      public static final int ERROR = 2;

      private StatusCode() {}
    }
  }

  /** Values of {@code SpanFlags}. */
  public static final class SpanFlags {
    public static final int DO_NOT_USE = 0;
    public static final int TRACE_FLAGS_MASK = 255;
    public static final int CONTEXT_HAS_IS_REMOTE_MASK = 256;
    public static final int CONTEXT_IS_REMOTE_MASK = 512;

    private SpanFlags() {}
  }

  // opentelemetry/proto/metrics/v1/metrics.proto

  /** Fields of {@code ResourceMetrics}. */
  public static final class ResourceMetrics {
    public static final int RESOURCE = 1;
    public static final int SCOPE_METRICS = 2;
    public static final int SCHEMA_URL = 3;

    private ResourceMetrics() {}
  }

  /** Fields of {@code ScopeMetrics}. */
  public static final class ScopeMetrics {
    public static final int SCOPE = 1;
    public static final int METRICS = 2;
    public static final int SCHEMA_URL = 3;

    private ScopeMetrics() {}
  }

  /** Fields of {@code Metric}. */
  public static final class Metric {
    public static final int NAME = 1;
    public static final int DESCRIPTION = 2;
    public static final int UNIT = 3;
    public static final int GAUGE = 5;
    public static final int SUM = 7;
    public static final int HISTOGRAM = 9;
    public static final int EXPONENTIAL_HISTOGRAM = 10;
    public static final int SUMMARY = 11;
    public static final int METADATA = 12;

    private Metric() {}
  }

  /** Fields of {@code Gauge}. */
  public static final class Gauge {
    public static final int DATA_POINTS = 1;

    private Gauge() {}
  }

  /** Fields of {@code Sum}. */
  public static final class Sum {
    public static final int DATA_POINTS = 1;
    public static final int AGGREGATION_TEMPORALITY = 2;
    public static final int IS_MONOTONIC = 3;

    private Sum() {}
  }

  /** Fields of {@code Histogram}. */
  public static final class Histogram {
    public static final int DATA_POINTS = 1;
    public static final int AGGREGATION_TEMPORALITY = 2;

    private Histogram() {}
  }

  /** Fields of {@code ExponentialHistogram}. */
  public static final class ExponentialHistogram {
    public static final int DATA_POINTS = 1;
    public static final int AGGREGATION_TEMPORALITY = 2;

    private ExponentialHistogram() {}
  }

  /** Fields of {@code Summary}. */
  public static final class Summary {
    public static final int DATA_POINTS = 1;

    private Summary() {}
  }

  /** Fields of {@code NumberDataPoint}. */
  public static final class NumberDataPoint {
    public static final int ATTRIBUTES = 7;
    public static final int START_TIME_UNIX_NANO = 2;
    public static final int TIME_UNIX_NANO = 3;
    public static final int AS_DOUBLE = 4;
    public static final int AS_INT = 6;
    public static final int EXEMPLARS = 5;
    public static final int FLAGS = 8;

    private NumberDataPoint() {}
  }

  /** Fields of {@code HistogramDataPoint}. */
  public static final class HistogramDataPoint {
    public static final int ATTRIBUTES = 9;
    public static final int START_TIME_UNIX_NANO = 2;
    public static final int TIME_UNIX_NANO = 3;
    public static final int COUNT = 4;
    public static final int SUM = 5;
    public static final int BUCKET_COUNTS = 6;
    public static final int EXPLICIT_BOUNDS = 7;
    public static final int EXEMPLARS = 8;
    public static final int FLAGS = 10;
    public static final int MIN = 11;
    public static final int MAX = 12;

    private HistogramDataPoint() {}
  }

  /** Fields of {@code ExponentialHistogramDataPoint}. */
  public static final class ExponentialHistogramDataPoint {
    public static final int ATTRIBUTES = 1;
    public static final int START_TIME_UNIX_NANO = 2;
    public static final int TIME_UNIX_NANO = 3;
    public static final int COUNT = 4;
    public static final int SUM = 5;
    public static final int SCALE = 6;
    public static final int ZERO_COUNT = 7;
    public static final int POSITIVE = 8;
    public static final int NEGATIVE = 9;
    public static final int FLAGS = 10;
    public static final int EXEMPLARS = 11;
    public static final int MIN = 12;
    public static final int MAX = 13;
    public static final int ZERO_THRESHOLD = 14;

    private ExponentialHistogramDataPoint() {}

    /** Fields of {@code Buckets}. */
    public static final class Buckets {
      public static final int OFFSET = 1;
      public static final int BUCKET_COUNTS = 2;

      private Buckets() {}
    }
  }

  /** Fields of {@code SummaryDataPoint}. */
  public static final class SummaryDataPoint {
    public static final int ATTRIBUTES = 7;
    public static final int START_TIME_UNIX_NANO = 2;
    public static final int TIME_UNIX_NANO = 3;
    public static final int COUNT = 4;
    public static final int SUM = 5;
    public static final int QUANTILE_VALUES = 6;
    public static final int FLAGS = 8;

    private SummaryDataPoint() {}

    /** Fields of {@code ValueAtQuantile}. */
    public static final class ValueAtQuantile {
      public static final int QUANTILE = 1;
      public static final int VALUE = 2;

      private ValueAtQuantile() {}
    }
  }

  /** Fields of {@code Exemplar}. */
  public static final class Exemplar {
    public static final int FILTERED_ATTRIBUTES = 7;
    public static final int TIME_UNIX_NANO = 2;
    public static final int AS_DOUBLE = 3;
    public static final int AS_INT = 6;
    public static final int SPAN_ID = 4;
    public static final int TRACE_ID = 5;

    private Exemplar() {}
  }

  /** Values of {@code AggregationTemporality}. */
  public static final class AggregationTemporality {
    public static final int UNSPECIFIED = 0;
    public static final int DELTA = 1;
    public static final int CUMULATIVE = 2;

    private AggregationTemporality() {}
  }

  /** Values of {@code DataPointFlags}. */
  public static final class DataPointFlags {
    public static final int DO_NOT_USE = 0;
    public static final int NO_RECORDED_VALUE_MASK = 1;

    private DataPointFlags() {}
  }

  // opentelemetry/proto/logs/v1/logs.proto

  /** Fields of {@code ResourceLogs}. */
  public static final class ResourceLogs {
    public static final int RESOURCE = 1;
    public static final int SCOPE_LOGS = 2;
    public static final int SCHEMA_URL = 3;

    private ResourceLogs() {}
  }

  /** Fields of {@code ScopeLogs}. */
  public static final class ScopeLogs {
    public static final int SCOPE = 1;
    public static final int LOG_RECORDS = 2;
    public static final int SCHEMA_URL = 3;

    private ScopeLogs() {}
  }

  /** Fields of {@code LogRecord}. */
  public static final class LogRecord {
    public static final int TIME_UNIX_NANO = 1;
    public static final int OBSERVED_TIME_UNIX_NANO = 11;
    public static final int SEVERITY_NUMBER = 2;
    public static final int SEVERITY_TEXT = 3;
    public static final int BODY = 5;
    public static final int ATTRIBUTES = 6;
    public static final int DROPPED_ATTRIBUTES_COUNT = 7;
    public static final int FLAGS = 8;
    public static final int TRACE_ID = 9;
    public static final int SPAN_ID = 10;
    public static final int EVENT_NAME = 12;

    private LogRecord() {}
  }

  /** Values of {@code SeverityNumber}. */
  public static final class SeverityNumber {
    public static final int UNSPECIFIED = 0;
    public static final int TRACE = 1;
    public static final int TRACE2 = 2;
    public static final int TRACE3 = 3;
    public static final int TRACE4 = 4;
    public static final int DEBUG = 5;
    public static final int DEBUG2 = 6;
    public static final int DEBUG3 = 7;
    public static final int DEBUG4 = 8;
    public static final int INFO = 9;
    public static final int INFO2 = 10;
    public static final int INFO3 = 11;
    public static final int INFO4 = 12;
    public static final int WARN = 13;
    public static final int WARN2 = 14;
    public static final int WARN3 = 15;
    public static final int WARN4 = 16;
    public static final int ERROR = 17;
    public static final int ERROR2 = 18;
    public static final int ERROR3 = 19;
    public static final int ERROR4 = 20;
    public static final int FATAL = 21;
    public static final int FATAL2 = 22;
    public static final int FATAL3 = 23;
    public static final int FATAL4 = 24;

    private SeverityNumber() {}
  }

  /** Values of {@code LogRecordFlags}. */
  public static final class LogRecordFlags {
    public static final int DO_NOT_USE = 0;
    public static final int TRACE_FLAGS_MASK = 255;

    private LogRecordFlags() {}
  }

  // opentelemetry/proto/collector/trace/v1/trace_service.proto

  /** Fields of {@code ExportTraceServiceRequest}. */
  public static final class ExportTraceServiceRequest {
    public static final int RESOURCE_SPANS = 1;

    private ExportTraceServiceRequest() {}
  }

  /** Fields of {@code ExportTraceServiceResponse}. */
  public static final class ExportTraceServiceResponse {
    public static final int PARTIAL_SUCCESS = 1;

    private ExportTraceServiceResponse() {}
  }

  /** Fields of {@code ExportTracePartialSuccess}. */
  public static final class ExportTracePartialSuccess {
    public static final int REJECTED_SPANS = 1;
    public static final int ERROR_MESSAGE = 2;

    private ExportTracePartialSuccess() {}
  }

  // opentelemetry/proto/collector/metrics/v1/metrics_service.proto

  /** Fields of {@code ExportMetricsServiceRequest}. */
  public static final class ExportMetricsServiceRequest {
    public static final int RESOURCE_METRICS = 1;

    private ExportMetricsServiceRequest() {}
  }

  /** Fields of {@code ExportMetricsServiceResponse}. */
  public static final class ExportMetricsServiceResponse {
    public static final int PARTIAL_SUCCESS = 1;

    private ExportMetricsServiceResponse() {}
  }

  /** Fields of {@code ExportMetricsPartialSuccess}. */
  public static final class ExportMetricsPartialSuccess {
    public static final int REJECTED_DATA_POINTS = 1;
    public static final int ERROR_MESSAGE = 2;

    private ExportMetricsPartialSuccess() {}
  }

  // opentelemetry/proto/collector/logs/v1/logs_service.proto

  /** Fields of {@code ExportLogsServiceRequest}. */
  public static final class ExportLogsServiceRequest {
    public static final int RESOURCE_LOGS = 1;

    private ExportLogsServiceRequest() {}
  }

  /** Fields of {@code ExportLogsServiceResponse}. */
  public static final class ExportLogsServiceResponse {
    public static final int PARTIAL_SUCCESS = 1;

    private ExportLogsServiceResponse() {}
  }

  /** Fields of {@code ExportLogsPartialSuccess}. */
  public static final class ExportLogsPartialSuccess {
    public static final int REJECTED_LOG_RECORDS = 1;
    public static final int ERROR_MESSAGE = 2;

    private ExportLogsPartialSuccess() {}
  }
}
