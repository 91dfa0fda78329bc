package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.otlp.OtlpGenerator;
import dev.sluice.otlp.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What Sluice does not know it hands on. "Reliability test 41": unknown fields, enum values of the
 * future, odd orders and encodings arrive at the backend byte for byte.
 */
@Timeout(120)
class PassThroughTest {
  private static final int REQUESTS = 60;

  private final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();

  @Test
  void everySignalArrivesByteForByte() throws Exception {
    HttpServer backend =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    backend.createContext("/", this::answer);
    backend.start();
    try (RunningSluice sluice =
        RunningSluice.start("--config=yaml:" + config(backend.getAddress().getPort()))) {
      OtlpGenerator generator = new OtlpGenerator(41);
      for (int i = 0; i < REQUESTS; i++) {
        Signal signal = Signal.values()[i % Signal.values().length];
        byte[] request = generator.telemetry(signal).bytes();
        String path = "/v1/" + signal.label();
        assertEquals(200, sluice.post(path, OtlpRequests.PROTOBUF, request).statusCode());
        byte[] delivered = arrived.poll(30, TimeUnit.SECONDS);
        assertNotNull(delivered);
        assertArrayEquals(request, delivered);
      }
    } finally {
      backend.stop(0);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    arrived.add(exchange.getRequestBody().readAllBytes());
    exchange.getResponseHeaders().set("Content-Type", OtlpRequests.PROTOBUF);
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static String config(int port) {
    String pipeline = "{receivers: [otlp], exporters: [otlp_http]}";
    return """
    receivers: {otlp: {protocols: {grpc: {}, http: {}}}}
    exporters: {otlp_http: {endpoint: "http://127.0.0.1:%d", compression: none}}
    extensions: {health_check: {}}
    service: {pipelines: {traces: %s, metrics: %s, logs: %s}}
    """
        .formatted(port, pipeline, pipeline, pipeline);
  }
}
