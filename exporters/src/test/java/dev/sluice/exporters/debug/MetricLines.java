package dev.sluice.exporters.debug;

import java.util.List;

/** Pieces of what the Collector writes of {@link DebugSamples#metrics}. */
final class MetricLines {
  static final List<String> DETAILED =
      List.of(
          """
          Metric #0
          Descriptor:
               -> Name: queue
               -> Description: how long
               -> Unit: 1
               -> DataType: Gauge
          NumberDataPoints #0
          Data point attributes:
               -> color: Str(red)
               -> n: Int(5)
          StartTimestamp: 1970-01-01 00:00:00 +0000 UTC
          Timestamp: 2020-02-11 20:26:12 +0000 UTC
          Value: 7
          NumberDataPoints #1
          StartTimestamp: 1970-01-01 00:00:00 +0000 UTC
          Timestamp: 1970-01-01 00:00:00 +0000 UTC
          Value: 0.500000
          Flags: 1
          Exemplars:
          Exemplar #0
               -> Trace ID: 0102030405060708090a0b0c0d0e0f10
               -> Span ID: 1112131415161718
               -> Timestamp: 2020-02-11 20:26:12 +0000 UTC
               -> Value: 15.000000
               -> FilteredAttributes:
                    -> color: Str(red)
          """,
          """
               -> DataType: Sum
               -> IsMonotonic: true
               -> AggregationTemporality: Cumulative
          """,
          """
               -> DataType: Histogram
               -> AggregationTemporality: Delta
          HistogramDataPoints #0
          StartTimestamp: 1970-01-01 00:00:00 +0000 UTC
          Timestamp: 1970-01-01 00:00:00 +0000 UTC
          Count: 3
          Sum: 1.500000
          Min: 0.100000
          Max: 1.000000
          ExplicitBounds #0: 0.500000
          ExplicitBounds #1: 1.000000
          Buckets #0, Count: 1
          Buckets #1, Count: 2
          Buckets #2, Count: 0
          """,
          """
          Count: 4
          Bucket [-2.000000, -1.000000), Count: 1
          Bucket [0, 0], Count: 1
          Bucket (1.000000, 2.000000], Count: 2
          """,
          """
          Count: 2
          Sum: 3.000000
          QuantileValue #0: Quantile 0.500000, Value 1.500000
          """);

  private MetricLines() {}
}
