package dev.sluice.exporters.debug;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.Otlp.Exemplar;
import dev.sluice.otlp.Otlp.ExponentialHistogramDataPoint;
import dev.sluice.otlp.Otlp.HistogramDataPoint;
import dev.sluice.otlp.Otlp.Metric;
import dev.sluice.otlp.Otlp.NumberDataPoint;
import dev.sluice.otlp.Otlp.SummaryDataPoint;
import java.util.List;

/** Every field of a metric. */
final class DetailedMetrics {
  private static final String[] TEMPORALITIES = {"Unspecified", "Delta", "Cumulative"};

  private final TextLines lines;

  private DetailedMetrics(TextLines lines) {
    this.lines = lines;
  }

  static void append(TextLines lines, Fields metric, int number) {
    lines.line("Metric #" + number);
    new DetailedMetrics(lines).metric(metric);
  }

  private void metric(Fields metric) {
    lines.line("Descriptor:");
    lines.line("     -> Name", metric.text(Metric.NAME));
    lines.line("     -> Description", metric.text(Metric.DESCRIPTION));
    lines.line("     -> Unit", metric.text(Metric.UNIT));
    if (metric.has(Metric.GAUGE)) {
      head(metric, "Gauge");
      numbers(metric.message(Metric.GAUGE).messages(Otlp.Gauge.DATA_POINTS));
    } else if (metric.has(Metric.SUM)) {
      head(metric, "Sum");
      sum(metric.message(Metric.SUM));
    } else if (metric.has(Metric.HISTOGRAM)) {
      head(metric, "Histogram");
      histogram(metric.message(Metric.HISTOGRAM));
    } else if (metric.has(Metric.EXPONENTIAL_HISTOGRAM)) {
      head(metric, "ExponentialHistogram");
      exponential(metric.message(Metric.EXPONENTIAL_HISTOGRAM));
    } else if (metric.has(Metric.SUMMARY)) {
      head(metric, "Summary");
      summary(metric.message(Metric.SUMMARY));
    } else {
      head(metric, "Empty");
    }
  }

  private void head(Fields metric, String type) {
    lines.line("     -> DataType", type);
    lines.attributes("     -> Metadata", metric.messages(Metric.METADATA));
  }

  private void temporality(long number) {
    lines.line("     -> AggregationTemporality", TextLines.named(number, TEMPORALITIES));
  }

  private void sum(Fields sum) {
    lines.line("     -> IsMonotonic", sum.varint(Otlp.Sum.IS_MONOTONIC) != 0);
    temporality(sum.varint(Otlp.Sum.AGGREGATION_TEMPORALITY));
    numbers(sum.messages(Otlp.Sum.DATA_POINTS));
  }

  private void numbers(List<Fields> points) {
    int number = 0;
    for (Fields point : points) {
      lines.line("NumberDataPoints #" + number++);
      attributes(point.messages(NumberDataPoint.ATTRIBUTES));
      times(
          point.fixed64(NumberDataPoint.START_TIME_UNIX_NANO),
          point.fixed64(NumberDataPoint.TIME_UNIX_NANO));
      if (point.has(NumberDataPoint.AS_INT)) {
        lines.line("Value", point.fixed64(NumberDataPoint.AS_INT));
      } else if (point.has(NumberDataPoint.AS_DOUBLE)) {
        lines.line("Value", Values.fixed(point.float64(NumberDataPoint.AS_DOUBLE)));
      }
      lines.nonZero("Flags", point.varint(NumberDataPoint.FLAGS));
      exemplars(point.messages(NumberDataPoint.EXEMPLARS));
    }
  }

  private void histogram(Fields histogram) {
    temporality(histogram.varint(Otlp.Histogram.AGGREGATION_TEMPORALITY));
    int number = 0;
    for (Fields point : histogram.messages(Otlp.Histogram.DATA_POINTS)) {
      lines.line("HistogramDataPoints #" + number++);
      attributes(point.messages(HistogramDataPoint.ATTRIBUTES));
      times(
          point.fixed64(HistogramDataPoint.START_TIME_UNIX_NANO),
          point.fixed64(HistogramDataPoint.TIME_UNIX_NANO));
      lines.line("Count", Long.toUnsignedString(point.fixed64(HistogramDataPoint.COUNT)));
      optional("Sum", point, HistogramDataPoint.SUM);
      optional("Min", point, HistogramDataPoint.MIN);
      optional("Max", point, HistogramDataPoint.MAX);
      buckets(point);
      lines.nonZero("Flags", point.varint(HistogramDataPoint.FLAGS));
      exemplars(point.messages(HistogramDataPoint.EXEMPLARS));
    }
  }

  private void buckets(Fields point) {
    int bound = 0;
    for (long bits : point.fixed64s(HistogramDataPoint.EXPLICIT_BOUNDS)) {
      lines.line("ExplicitBounds #" + bound++, Values.fixed(Double.longBitsToDouble(bits)));
    }
    int bucket = 0;
    for (long count : point.fixed64s(HistogramDataPoint.BUCKET_COUNTS)) {
      lines.line("Buckets #" + bucket++ + ", Count", Long.toUnsignedString(count));
    }
  }

  private void exponential(Fields histogram) {
    temporality(histogram.varint(Otlp.ExponentialHistogram.AGGREGATION_TEMPORALITY));
    int number = 0;
    for (Fields point : histogram.messages(Otlp.ExponentialHistogram.DATA_POINTS)) {
      lines.line("ExponentialHistogramDataPoints #" + number++);
      attributes(point.messages(ExponentialHistogramDataPoint.ATTRIBUTES));
      times(
          point.fixed64(ExponentialHistogramDataPoint.START_TIME_UNIX_NANO),
          point.fixed64(ExponentialHistogramDataPoint.TIME_UNIX_NANO));
      long count = point.fixed64(ExponentialHistogramDataPoint.COUNT);
      lines.line("Count", Long.toUnsignedString(count));
      optional("Sum", point, ExponentialHistogramDataPoint.SUM);
      optional("Min", point, ExponentialHistogramDataPoint.MIN);
      optional("Max", point, ExponentialHistogramDataPoint.MAX);
      exponentialBuckets(point);
      lines.nonZero("Flags", point.varint(ExponentialHistogramDataPoint.FLAGS));
      exemplars(point.messages(ExponentialHistogramDataPoint.EXEMPLARS));
    }
  }

  private void exponentialBuckets(Fields point) {
    for (ExponentialBucket bucket : ExponentialBucket.negative(point)) {
      bucket("[", -bucket.upper(), -bucket.lower(), ")", bucket.count());
    }
    long zeroes = point.fixed64(ExponentialHistogramDataPoint.ZERO_COUNT);
    if (zeroes != 0) {
      lines.line("Bucket [0, 0], Count", Long.toUnsignedString(zeroes));
    }
    if (point.float64(ExponentialHistogramDataPoint.ZERO_THRESHOLD) != 0) {
      optional("ZeroThreshold", point, ExponentialHistogramDataPoint.ZERO_THRESHOLD);
    }
    for (ExponentialBucket bucket : ExponentialBucket.positive(point)) {
      bucket("(", bucket.lower(), bucket.upper(), "]", bucket.count());
    }
  }

  private void bucket(String open, double lower, double upper, String close, long count) {
    String range = open + Values.fixed(lower) + ", " + Values.fixed(upper) + close;
    lines.line("Bucket " + range + ", Count", Long.toUnsignedString(count));
  }

  private void summary(Fields summary) {
    int number = 0;
    for (Fields point : summary.messages(Otlp.Summary.DATA_POINTS)) {
      lines.line("SummaryDataPoints #" + number++);
      attributes(point.messages(SummaryDataPoint.ATTRIBUTES));
      times(
          point.fixed64(SummaryDataPoint.START_TIME_UNIX_NANO),
          point.fixed64(SummaryDataPoint.TIME_UNIX_NANO));
      lines.line("Count", Long.toUnsignedString(point.fixed64(SummaryDataPoint.COUNT)));
      lines.line("Sum", Values.fixed(point.float64(SummaryDataPoint.SUM)));
      int rank = 0;
      for (Fields quantile : point.messages(SummaryDataPoint.QUANTILE_VALUES)) {
        lines.line(
            "QuantileValue #%d: Quantile %s, Value %s"
                .formatted(
                    rank++,
                    Values.fixed(quantile.float64(SummaryDataPoint.ValueAtQuantile.QUANTILE)),
                    Values.fixed(quantile.float64(SummaryDataPoint.ValueAtQuantile.VALUE))));
      }
      lines.nonZero("Flags", point.varint(SummaryDataPoint.FLAGS));
    }
  }

  private void exemplars(List<Fields> exemplars) {
    if (exemplars.isEmpty()) {
      return;
    }
    lines.line("Exemplars:");
    int number = 0;
    for (Fields exemplar : exemplars) {
      lines.line("Exemplar #" + number++);
      lines.line("     -> Trace ID", exemplar.hex(Exemplar.TRACE_ID));
      lines.line("     -> Span ID", exemplar.hex(Exemplar.SPAN_ID));
      lines.line("     -> Timestamp", TextLines.time(exemplar.fixed64(Exemplar.TIME_UNIX_NANO)));
      if (exemplar.has(Exemplar.AS_INT)) {
        lines.line("     -> Value", exemplar.fixed64(Exemplar.AS_INT));
      } else if (exemplar.has(Exemplar.AS_DOUBLE)) {
        lines.line("     -> Value", Values.fixed(exemplar.float64(Exemplar.AS_DOUBLE)));
      }
      lines.attributes(
          "     -> FilteredAttributes", exemplar.messages(Exemplar.FILTERED_ATTRIBUTES));
    }
  }

  private void attributes(List<Fields> attributes) {
    lines.attributes("Data point attributes", attributes);
  }

  private void times(long start, long end) {
    lines.line("StartTimestamp", TextLines.time(start));
    lines.line("Timestamp", TextLines.time(end));
  }

  private void optional(String name, Fields point, int field) {
    if (point.has(field)) {
      lines.line(name, Values.fixed(point.float64(field)));
    }
  }
}
