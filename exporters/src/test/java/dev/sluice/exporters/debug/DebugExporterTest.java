package dev.sluice.exporters.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.exporters.Samples;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebugExporterTest {
  @Test
  void basicCounts() {
    assertEquals(
        "Traces {\"resource spans\": 3, \"spans\": 6}\n", written("basic", Samples.traces()));
    assertEquals(
        "Metrics {\"resource metrics\": 1, \"metrics\": 5, \"data points\": 6}\n",
        written("basic", metrics()));
    assertEquals("Logs {\"resource logs\": 1, \"log records\": 2}\n", written("basic", logs()));
  }

  @Test
  void normalIsALineAnItem() {
    assertEquals(
        """
        Metrics {"resource metrics": 1, "metrics": 5, "data points": 6}
        ResourceMetrics #0 [https://schema] service.name=shop
        ScopeMetrics #0 meter@2 kind=test
        queue{color=red,n=5} 7
        queue{} 0.5
        sent{} 1
        latency{} count=3 sum=1.5 min=0.1 max=1 le0.5=1 le1=2 0
        native{} count=4 le-1=1 zero=1 le2=2
        old{} count=2 sum=3.000000 q0.5=1.5
        """,
        written("normal", metrics()));
    assertEquals(
        """
        Logs {"resource logs": 1, "log records": 2}
        ResourceLog #0
        ScopeLog #0
        hello code=200
        {"a":[1,true,null],"b":"AQI="}
        """,
        written("normal", logs()));
  }

  @Test
  void detailedHasEveryFieldOfASpan() {
    assertEquals(
        """
        Traces {"resource spans": 1, "spans": 1}
        ResourceSpans #0
        Resource SchemaURL: https://schema
        Resource attributes:
             -> service.name: Str(shop)
        ScopeSpans #0
        ScopeSpans SchemaURL:\s
        InstrumentationScope tracer 1.0
        Span #0
            Trace ID       : 0102030405060708090a0b0c0d0e0f10
            Parent ID      :\s
            ID             : 1112131415161718
            Name           : GET /
            Kind           : Server
            TraceState     : a=b
            Start time     : 2020-02-11 20:26:12.000000321 +0000 UTC
            End time       : 2020-02-11 20:26:13.5 +0000 UTC
            Status code    : Error
            Status message : boom
            DroppedAttributesCount: 1
            DroppedEventsCount: 0
            DroppedLinksCount: 0
            Flags          : 257
        Attributes:
             -> http.status_code: Int(500)
        Events:
        SpanEvent #0
             -> Name: retry
             -> Timestamp: 2020-02-11 20:26:12 +0000 UTC
             -> DroppedAttributesCount: 0
             -> Attributes::
                  -> last: Bool(true)
        Links:
        SpanLink #0
             -> Trace ID: 0102030405060708090a0b0c0d0e0f10
             -> ID: 1112131415161718
             -> TraceState:\s
             -> DroppedAttributesCount: 2
        """,
        written("detailed", DebugSamples.span()));
  }

  @Test
  void detailedHasEveryFieldOfALogRecord() {
    String text = written("detailed", logs());
    assertTrue(
        text.contains(
            """
            LogRecord #1
            ObservedTimestamp: 2020-02-11 20:26:12 +0000 UTC
            Timestamp: 1970-01-01 00:00:00 +0000 UTC
            SeverityText: warning
            SeverityNumber: Warn2(14)
            EventName: device.crash
            Body: Map({"a":[1,true,null],"b":"AQI="})
            DroppedAttributesCount: 3
            Trace ID: 0102030405060708090a0b0c0d0e0f10
            Span ID: 1112131415161718
            Flags: 1
            """),
        text);
  }

  @Test
  void detailedHasEveryFieldOfMetrics() {
    String text = written("detailed", metrics());
    for (String expected : MetricLines.DETAILED) {
      assertTrue(text.contains(expected), expected + "\nis not in\n" + text);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 11111111", "2, 3, 11100100", "1, 0, 10000000", "0, 2, 10101010"})
  void samplesWithinEachSecond(int initial, int thereafter, String expected) {
    List<String> lines = new ArrayList<>();
    ManualClock clock = new ManualClock();
    try (Exporter exporter =
        new DebugExporter(Verbosity.BASIC, new Sampling(initial, thereafter), clock, lines::add)) {
      for (int second = 0; second < 2; second++) {
        StringBuilder taken = new StringBuilder();
        for (int i = 0; i < expected.length(); i++) {
          int before = lines.size();
          assertEquals(ExportResult.DELIVERED, exporter.prepare(logs()).attempt(1));
          taken.append(lines.size() > before ? '1' : '0');
        }
        assertEquals(expected, taken.toString());
        clock.advance(Duration.ofSeconds(1));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "verbosity: loud | must be one of",
        "sampling_initial: -1 | must be from 0",
        "output_paths: [stdout] | needs use_internal_logger: false",
        "loglevel: info | unknown key",
      })
  void refusesWhatItDoesNotKnow(String yaml, String expected) {
    String problems = Samples.problems(new DebugExporterFactory(System.out), yaml);
    assertTrue(problems.contains(expected), problems);
  }

  @Test
  void nopDelivers() {
    try (Exporter exporter = Samples.exporter(new NopExporterFactory(), Signal.LOGS, "{}")) {
      assertEquals(ExportResult.DELIVERED, exporter.prepare(logs()).attempt(1));
    }
  }

  private static String written(String verbosity, Batch batch) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DebugExporterFactory factory =
        new DebugExporterFactory(new PrintStream(out, true, StandardCharsets.UTF_8));
    String yaml = "use_internal_logger: false\nverbosity: " + verbosity;
    try (Exporter exporter = Samples.exporter(factory, batch.signal(), yaml)) {
      assertEquals(ExportResult.DELIVERED, exporter.prepare(batch).attempt(1));
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Batch metrics() {
    return Batch.of(
        Signal.METRICS,
        List.of(new Telemetry(Signal.METRICS, DebugSamples.metrics().toByteArray(), 6)));
  }

  private static Batch logs() {
    return Batch.of(
        Signal.LOGS, List.of(new Telemetry(Signal.LOGS, DebugSamples.logs().toByteArray(), 2)));
  }
}
