package dev.sluice.benchmarks;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.sluice.otlp.JsonToProto;
import dev.sluice.otlp.ProtoToJson;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.otlp.Validator;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one span of about 700 bytes costs to validate and to transcode, in nanoseconds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class ValidatorBenchmark {
  private static final int SPANS = 100;

  private final byte[] request = request();
  private final byte[] json = ProtoToJson.request(Telemetry.parse(Signal.TRACES, request));

  /** The validating and counting pass over protobuf. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public int validate() {
    return Validator.count(Signal.TRACES, request, 0, request.length);
  }

  /** The same bytes as objects of the generated classes, which we do not build. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public Object parseWithGeneratedClasses() throws InvalidProtocolBufferException {
    return ExportTraceServiceRequest.parseFrom(request);
  }

  /** OTLP/JSON to protobuf. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public byte[] transcodeJson() {
    return JsonToProto.request(Signal.TRACES, json);
  }

  private static byte[] request() {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (int i = 0; i < SPANS; i++) {
      scope.addSpans(span(i));
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
        .build()
        .toByteArray();
  }

  private static Span span(int i) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(ByteString.copyFrom(new byte[16]))
            .setSpanId(ByteString.copyFrom(new byte[8]))
            .setParentSpanId(ByteString.copyFrom(new byte[8]))
            .setFlags(257)
            .setName("POST /api/orders/{orderId}/items")
            .setKind(Span.SpanKind.SPAN_KIND_SERVER)
            .setStartTimeUnixNano(1_544_712_660_000_000_000L + i)
            .setEndTimeUnixNano(1_544_712_661_000_000_000L + i)
            .addEvents(Span.Event.newBuilder().setTimeUnixNano(i).setName("cache.miss"));
    String[] attributes = {
      "http.request.method", "POST",
      "http.route", "/api/orders/{orderId}/items",
      "url.path", "/api/orders/" + i + "/items",
      "url.scheme", "https",
      "server.address", "shop.example.com",
      "client.address", "192.0.2." + i,
      "user_agent.original",
          "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
      "network.protocol.version", "1.1",
      "thread.name", "http-nio-8080-exec-" + i,
      "enduser.id", "5b8efff798038103",
      "deployment.environment.name", "production",
    };
    for (int k = 0; k < attributes.length; k += 2) {
      AnyValue value = AnyValue.newBuilder().setStringValue(attributes[k + 1]).build();
      span.addAttributes(KeyValue.newBuilder().setKey(attributes[k]).setValue(value));
    }
    AnyValue status = AnyValue.newBuilder().setIntValue(200 + i).build();
    span.addAttributes(KeyValue.newBuilder().setKey("http.response.status_code").setValue(status));
    return span.build();
  }
}
