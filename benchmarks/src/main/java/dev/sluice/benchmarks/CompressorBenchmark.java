package dev.sluice.benchmarks;

import com.google.protobuf.ByteString;
import dev.sluice.exporters.http.Body;
import dev.sluice.exporters.http.Compression;
import dev.sluice.exporters.http.Compressor;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one span costs to compress, in nanoseconds: a batch of ten requests of a hundred spans, by a
 * compressor whose contexts are pooled, and by one made for each batch.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class CompressorBenchmark {
  private static final int REQUESTS = 10;
  private static final int SPANS = 100;

  @Param({"GZIP", "ZSTD", "SNAPPY", "SNAPPY_FRAMED"})
  public Compression compression = Compression.GZIP;

  private final Body body = body(REQUESTS);
  private final Body small = body(1);
  private Compressor pooled = new Compressor(Compression.NONE, Compressor.DEFAULT_LEVEL);

  @Setup
  public void choose() {
    pooled = new Compressor(compression, Compressor.DEFAULT_LEVEL);
  }

  /** A batch, with contexts that are reused. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS * SPANS)
  public Body pooled() {
    return pooled.compress(body);
  }

  /** A batch of one request, with contexts that are reused. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public Body pooledSmall() {
    return pooled.compress(small);
  }

  /** A batch of one request, with contexts that are made for it. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public Body freshSmall() {
    try (Compressor fresh = new Compressor(compression, Compressor.DEFAULT_LEVEL)) {
      return fresh.compress(small);
    }
  }

  private static Body body(int requests) {
    Random random = new Random(42);
    List<Body.Piece> pieces = new ArrayList<>();
    int size = 0;
    for (int i = 0; i < requests; i++) {
      byte[] bytes = request(random);
      pieces.add(new Body.Piece(bytes, 0, bytes.length));
      size += bytes.length;
    }
    return new Body(pieces, size);
  }

  private static byte[] request(Random random) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (int i = 0; i < SPANS; i++) {
      Span.Builder span =
          Span.newBuilder()
              .setTraceId(random(random, 16))
              .setSpanId(random(random, 8))
              .setName("GET /api/items/{id}")
              .setStartTimeUnixNano(1_767_225_600_000_000_000L + random.nextInt())
              .setEndTimeUnixNano(1_767_225_601_000_000_000L + random.nextInt());
      for (int k = 0; k < 10; k++) {
        span.addAttributes(
            KeyValue.newBuilder()
                .setKey("http.request.attribute." + k)
                .setValue(AnyValue.newBuilder().setStringValue("value-" + random.nextInt(1000))));
      }
      scope.addSpans(span);
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
        .build()
        .toByteArray();
  }

  private static ByteString random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }
}
