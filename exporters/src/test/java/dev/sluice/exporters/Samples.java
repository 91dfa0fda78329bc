package dev.sluice.exporters;

import com.google.protobuf.ByteString;
import dev.sluice.config.Problems;
import dev.sluice.config.Section;
import dev.sluice.config.Sections;
import dev.sluice.meters.Meters;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.ExporterContext;
import dev.sluice.pipeline.ExporterFactory;
import dev.sluice.pipeline.ManualClock;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;

/** Batches, sections and contexts for the tests of exporters. */
public final class Samples {
  private Samples() {}

  /** Three requests of two spans each. */
  public static Batch traces() {
    List<Telemetry> parts = new ArrayList<>();
    for (String service : List.of("shop", "stock", "mail")) {
      byte[] bytes = request(service).toByteArray();
      parts.add(new Telemetry(Signal.TRACES, bytes, 2));
    }
    return Batch.of(Signal.TRACES, parts);
  }

  private static ExportTraceServiceRequest request(String service) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (int i = 0; i < 2; i++) {
      scope.addSpans(
          Span.newBuilder()
              .setTraceId(
                  ByteString.copyFrom(
                      new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}))
              .setSpanId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, (byte) i}))
              .setName(service + " " + i)
              .setStartTimeUnixNano(1_767_225_600_000_000_000L)
              .setEndTimeUnixNano(1_767_225_600_000_000_000L + i));
    }
    KeyValue name =
        KeyValue.newBuilder()
            .setKey("service.name")
            .setValue(AnyValue.newBuilder().setStringValue(service))
            .build();
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(name))
                .addScopeSpans(scope))
        .build();
  }

  /** The parts of a batch, one after the other. */
  public static byte[] joined(Batch batch) {
    byte[] joined = new byte[(int) batch.bytes()];
    int position = 0;
    for (Telemetry part : batch.parts()) {
      System.arraycopy(part.bytes(), 0, joined, position, part.size());
      position += part.size();
    }
    return joined;
  }

  /** A section of YAML that is read without a problem. */
  public static ExporterFactory.Plan plan(ExporterFactory factory, String yaml) {
    Problems problems = new Problems();
    Section section = Sections.of(yaml, problems);
    ExporterFactory.Plan plan = factory.read(section);
    if (problems.hasErrors()) {
      throw new AssertionError(problems.format());
    }
    return plan;
  }

  /** An exporter as a configuration makes it. */
  public static Exporter exporter(ExporterFactory factory, Signal signal, String yaml) {
    return plan(factory, yaml).make().make(context(factory.type() + "/test", signal));
  }

  public static ExporterContext context(String id, Signal signal) {
    return new ExporterContext(
        id,
        signal,
        "1.2.3",
        new Meters(),
        new ManualClock(),
        (role, body) -> Thread.ofPlatform().daemon().name(role).start(body));
  }

  /** What is wrong with a section, a line each; empty when nothing is. */
  public static String problems(ExporterFactory factory, String yaml) {
    Problems problems = new Problems();
    dev.sluice.config.Config config = Sections.config(yaml, problems, java.util.Map.of());
    factory.read(config.root());
    config.reportUnknownKeys();
    return problems.format();
  }
}
