package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reliability test 24, in short: five times what there is room for, while the backend stands still.
 * What is held stays within the limit, what is refused is told to come again, what was accepted is
 * delivered, and then all is as before. Rates, resident memory and the Collector beside it are
 * measured by {@code benchmarks/run overload --backend}.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class OverloadTest {
  private static final int ITEMS = 1000;
  private static final int OVERLOAD = 5;
  private static final int LIMIT_MIB = 1;
  private static final int TOGETHER = 8;
  private static final int REQUESTS_MAX = 5000;
  private static final byte[] REQUEST = request();
  private static final String CONFIG =
      """
      receivers: {otlp: {protocols: {grpc: , http: }}}
      processors:
        memory_limiter: {check_interval: 1s, limit_mib: %d}
      exporters:
        otlp_http: {endpoint: "http://127.0.0.1:%d", compression: none}
      extensions: {health_check: }
      service:
        pipelines:
          traces: {receivers: [otlp], processors: [memory_limiter], exporters: [otlp_http]}
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "http, identity",
    "http, gzip",
    "http, zstd",
    "grpc, identity",
    "grpc, gzip",
    "grpc, zstd"
  })
  void fiveTimesTheRoomIsRefusedWithinTheLimitAndNothingAcceptedIsLost(
      String transport, String encoding) throws Exception {
    try (StubBackend backend = new StubBackend();
        RunningSluice sluice = start(backend);
        Sender sender =
            transport.equals("http") ? http(sluice, encoding) : grpc(sluice, encoding)) {
      int accepted = 0;
      int refused = 0;
      while (refused < (OVERLOAD - 1) * Math.max(1, accepted)) {
        assertTrue(accepted + refused < REQUESTS_MAX, "nothing is refused");
        int taken = sendTogether(sender);
        accepted += taken;
        refused += TOGETHER - taken;
        long held = number(sluice, "held_bytes");
        assertTrue(held <= (LIMIT_MIB << 20) + TOGETHER * REQUEST.length, "held: " + held);
      }
      assertTrue(accepted > 5, "accepted: " + accepted);
      backend.letGo();
      while (number(sluice, "delivered") < (long) accepted * ITEMS) {
        Thread.onSpinWait();
      }
      assertEquals((long) accepted * ITEMS, number(sluice, "accepted"));
      assertEquals(0, number(sluice, "unaccounted"));
      assertTrue(sender.send(), "all is as before");
    }
  }

  /** Several at once, since each refusal is held back a little; how many were accepted. */
  private static int sendTogether(Sender sender) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int taken = 0;
      Callable<Boolean> send = sender::send;
      for (Future<Boolean> sent : threads.invokeAll(Collections.nCopies(TOGETHER, send))) {
        taken += sent.get() ? 1 : 0;
      }
      return taken;
    }
  }

  /** One request with an answer; false is one that says to come again. */
  private interface Sender extends AutoCloseable {
    boolean send() throws Exception;

    @Override
    void close();
  }

  private static Sender http(RunningSluice sluice, String encoding) {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sluice.http + "/v1/traces"))
            .header("Content-Type", OtlpRequests.PROTOBUF)
            .header("Content-Encoding", encoding)
            .POST(HttpRequest.BodyPublishers.ofByteArray(encoded(encoding)))
            .build();
    return new Sender() {
      @Override
      public boolean send() throws Exception {
        HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() == 503) {
          assertTrue(answer.headers().firstValue("Retry-After").isPresent(), "when to come again");
          return false;
        }
        assertEquals(200, answer.statusCode());
        return true;
      }

      @Override
      public void close() {
        client.close();
      }
    };
  }

  private static Sender grpc(RunningSluice sluice, String encoding) {
    byte[] body = encoded(encoding);
    CompressorRegistry compressors = CompressorRegistry.newEmptyInstance();
    compressors.register(new Encoded(encoding, body));
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", sluice.grpc)
            .usePlaintext()
            .compressorRegistry(compressors)
            .build();
    MethodDescriptor<byte[], byte[]> export =
        MethodDescriptor.newBuilder(new Bytes(), new Bytes())
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("opentelemetry.proto.collector.trace.v1.TraceService/Export")
            .build();
    CallOptions options =
        encoding.equals("identity")
            ? CallOptions.DEFAULT
            : CallOptions.DEFAULT.withCompression(encoding);
    return new Sender() {
      @Override
      public boolean send() {
        try {
          ClientCalls.blockingUnaryCall(channel, export, options, REQUEST);
          return true;
        } catch (StatusRuntimeException e) {
          assertEquals(Status.Code.UNAVAILABLE, e.getStatus().getCode(), e::toString);
          return false;
        }
      }

      @Override
      public void close() {
        channel.shutdownNow();
      }
    };
  }

  private static long number(RunningSluice sluice, String name) throws Exception {
    String status = sluice.get(sluice.health, "/status").body();
    Matcher number = Pattern.compile("\"" + name + "\":(\\d+)").matcher(status);
    assertTrue(number.find(), status);
    return Long.parseLong(number.group(1));
  }

  private RunningSluice start(StubBackend backend) throws Exception {
    String config = CONFIG.formatted(LIMIT_MIB, backend.port());
    return RunningSluice.start(
        "--config=" + Files.writeString(folder.resolve("sluice.yaml"), config),
        "--data-dir=" + folder.resolve("data"),
        "--shutdown-timeout=100ms");
  }

  private static byte[] request() {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (int i = 0; i < ITEMS; i++) {
      scope.addSpans(
          Span.newBuilder()
              .setTraceId(ByteString.copyFrom(new byte[16]))
              .setSpanId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))
              .setName("GET /orders/" + i));
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
        .build()
        .toByteArray();
  }

  private static byte[] encoded(String encoding) {
    return switch (encoding) {
      case "gzip" -> gzip();
      case "zstd" -> Zstd.compress(REQUEST);
      default -> REQUEST;
    };
  }

  private static byte[] gzip() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(REQUEST);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The requests are compressed already; in place of each these bytes are sent. */
  private record Encoded(String encoding, byte[] body) implements io.grpc.Compressor {
    @Override
    public String getMessageEncoding() {
      return encoding;
    }

    @Override
    public OutputStream compress(OutputStream out) {
      return new ByteArrayOutputStream() {
        @Override
        public void close() throws IOException {
          out.write(body);
          out.close();
        }
      };
    }
  }

  private record Bytes() implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
