package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> KNOWN =
      List.of("endpoint", "tls", "sending_queue", "otlp_http", "grpc");

  @ParameterizedTest
  @CsvSource({
    "endpiont, endpoint",
    "endpoin, endpoint",
    "Endpoint, endpoint",
    "tsl, tls",
    "sendingQueue, sending_queue",
    "sending-queue, sending_queue",
    "otlphttp, otlp_http",
    "grcp, grpc",
    "headers,",
    "x,",
    "'',"
  })
  void findsWhatWasProbablyMeant(String name, String expected) {
    assertEquals(expected, Nearest.to(name, KNOWN));
  }
}
