package dev.sluice.exporters.debug;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.Otlp.ExponentialHistogramDataPoint;
import dev.sluice.otlp.Otlp.HistogramDataPoint;
import dev.sluice.otlp.Otlp.NumberDataPoint;
import dev.sluice.otlp.Otlp.SummaryDataPoint;
import java.util.List;

/** One line a data point. */
final class NormalMetrics {
  private NormalMetrics() {}

  static void append(StringBuilder text, Fields metric) {
    String name = metric.text(Otlp.Metric.NAME);
    for (int kind : List.of(Otlp.Metric.GAUGE, Otlp.Metric.SUM)) {
      for (Fields point : metric.message(kind).messages(Otlp.Sum.DATA_POINTS)) {
        line(text, name, point.messages(NumberDataPoint.ATTRIBUTES), number(point));
      }
    }
    Fields histogram = metric.message(Otlp.Metric.HISTOGRAM);
    for (Fields point : histogram.messages(Otlp.Histogram.DATA_POINTS)) {
      line(text, name, point.messages(HistogramDataPoint.ATTRIBUTES), histogram(point));
    }
    Fields exponential = metric.message(Otlp.Metric.EXPONENTIAL_HISTOGRAM);
    for (Fields point : exponential.messages(Otlp.ExponentialHistogram.DATA_POINTS)) {
      line(
          text, name, point.messages(ExponentialHistogramDataPoint.ATTRIBUTES), exponential(point));
    }
    Fields summary = metric.message(Otlp.Metric.SUMMARY);
    for (Fields point : summary.messages(Otlp.Summary.DATA_POINTS)) {
      line(text, name, point.messages(SummaryDataPoint.ATTRIBUTES), summary(point));
    }
  }

  private static void line(StringBuilder text, String name, List<Fields> attributes, String value) {
    String pairs = String.join(",", Values.pairs(attributes));
    text.append(name).append('{').append(pairs).append("} ").append(value).append('\n');
  }

  static String number(Fields point) {
    if (point.has(NumberDataPoint.AS_INT)) {
      return String.valueOf(point.fixed64(NumberDataPoint.AS_INT));
    }
    return point.has(NumberDataPoint.AS_DOUBLE)
        ? Values.number(point.float64(NumberDataPoint.AS_DOUBLE))
        : "";
  }

  private static String histogram(Fields point) {
    StringBuilder value = new StringBuilder();
    value.append("count=").append(Long.toUnsignedString(point.fixed64(HistogramDataPoint.COUNT)));
    optional(value, " sum=", point, HistogramDataPoint.SUM);
    optional(value, " min=", point, HistogramDataPoint.MIN);
    optional(value, " max=", point, HistogramDataPoint.MAX);
    List<Long> bounds = point.fixed64s(HistogramDataPoint.EXPLICIT_BOUNDS);
    int bucket = 0;
    for (long count : point.fixed64s(HistogramDataPoint.BUCKET_COUNTS)) {
      value.append(' ');
      if (bucket < bounds.size()) {
        value.append("le").append(bound(bounds.get(bucket))).append('=');
      }
      value.append(Long.toUnsignedString(count));
      bucket++;
    }
    return value.toString();
  }

  private static String bound(long bits) {
    return Values.number(Double.longBitsToDouble(bits));
  }

  private static String exponential(Fields point) {
    StringBuilder value = new StringBuilder();
    long count = point.fixed64(ExponentialHistogramDataPoint.COUNT);
    value.append("count=").append(Long.toUnsignedString(count));
    optional(value, " sum=", point, ExponentialHistogramDataPoint.SUM);
    optional(value, " min=", point, ExponentialHistogramDataPoint.MIN);
    optional(value, " max=", point, ExponentialHistogramDataPoint.MAX);
    for (ExponentialBucket bucket : ExponentialBucket.negative(point)) {
      bucket(value, -bucket.lower(), bucket.count());
    }
    long zeroes = point.fixed64(ExponentialHistogramDataPoint.ZERO_COUNT);
    value.append(zeroes == 0 ? "" : " zero=" + Long.toUnsignedString(zeroes));
    for (ExponentialBucket bucket : ExponentialBucket.positive(point)) {
      bucket(value, bucket.upper(), bucket.count());
    }
    return value.toString();
  }

  private static void bucket(StringBuilder value, double bound, long count) {
    value.append(" le").append(Values.number(bound)).append('=');
    value.append(Long.toUnsignedString(count));
  }

  private static String summary(Fields point) {
    StringBuilder value = new StringBuilder();
    value.append("count=").append(Long.toUnsignedString(point.fixed64(SummaryDataPoint.COUNT)));
    value.append(" sum=").append(Values.fixed(point.float64(SummaryDataPoint.SUM)));
    for (Fields quantile : point.messages(SummaryDataPoint.QUANTILE_VALUES)) {
      double rank = quantile.float64(SummaryDataPoint.ValueAtQuantile.QUANTILE);
      double measured = quantile.float64(SummaryDataPoint.ValueAtQuantile.VALUE);
      value.append(" q").append(Values.number(rank)).append('=').append(Values.number(measured));
    }
    return value.toString();
  }

  private static void optional(StringBuilder value, String name, Fields point, int field) {
    if (point.has(field)) {
      value.append(name).append(Values.number(point.float64(field)));
    }
  }
}
