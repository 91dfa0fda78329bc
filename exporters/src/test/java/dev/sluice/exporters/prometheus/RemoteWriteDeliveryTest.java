package dev.sluice.exporters.prometheus;

import static dev.sluice.exporters.prometheus.Otlps.CUMULATIVE;
import static dev.sluice.exporters.prometheus.Otlps.buckets;
import static dev.sluice.exporters.prometheus.Otlps.gauge;
import static dev.sluice.exporters.prometheus.Otlps.histogram;
import static dev.sluice.exporters.prometheus.Otlps.point;
import static dev.sluice.exporters.prometheus.Otlps.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.exporters.Samples;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Delivery;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.Loss;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteWriteDeliveryTest {
  private static final long PATIENT = Duration.ofSeconds(30).toNanos();
  private static final String V1 = "application/x-protobuf 0.1.0";
  private static final String V2 =
      "application/x-protobuf;proto=io.prometheus.write.v2.Request 2.0.0";

  private final FakePrometheus prometheus = FakePrometheus.start();

  @AfterEach
  void stop() {
    prometheus.close();
  }

  /** Reliability test 15. */
  @Test
  void isolatesOnePoisonedSampleAmongTenThousand() {
    prometheus.poison(line -> line.startsWith("g{i=\"7777\"}"));
    try (Exporter exporter = exporter("")) {
      ExportResult.Delivered delivered = delivered(exporter, many(10_000));
      Loss loss = only(delivered);
      assertEquals("{7777}", String.valueOf(loss.ordinals()));
      assertEquals(Loss.Kind.REJECTED, loss.kind());
      assertTrue(loss.reason().endsWith("answered 400: out of bounds"), loss.reason());
    }
    assertEquals(9_999, prometheus.storedCount());
    assertTrue(prometheus.requestCount() <= 30, "requests: " + prometheus.requestCount());
  }

  @Test
  void deliversEverythingGoodAroundSeveralBadSamplesInOrder() {
    prometheus.poison(line -> line.contains(" 3 @") || line.contains(" 17 @"));
    NumberDataPoint[] points = new NumberDataPoint[20];
    for (int i = 0; i < points.length; i++) {
      points[i] = point(1000 + i, i, "series", "" + i % 2);
    }
    try (Exporter exporter = exporter("")) {
      Loss loss = only(delivered(exporter, Otlps.batch(request(gauge("g", "", points)))));
      assertEquals("{3, 17}", String.valueOf(loss.ordinals()));
    }
    assertEquals(
        List.of(
            "1 @1001",
            "5 @1005",
            "7 @1007",
            "9 @1009",
            "11 @1011",
            "13 @1013",
            "15 @1015",
            "19 @1019"),
        prometheus.stored("g{series=\"1\"}"));
    assertEquals(10, prometheus.stored("g{series=\"0\"}").size());
  }

  @Test
  void givesUpTheUndecidedTogetherWhenTooMuchIsBad() {
    prometheus.poison(line -> line.contains("\"1"));
    try (Exporter exporter = exporter("")) {
      ExportResult.Delivered delivered = delivered(exporter, many(3_000));
      int lost = delivered.losses().stream().mapToInt(Loss::items).sum();
      assertEquals(3_000 - prometheus.storedCount(), lost);
    }
    int requests = prometheus.requestCount();
    assertTrue(requests < RemoteWriteDelivery.SUSPECT_REQUESTS_MAX + 20, "requests: " + requests);
  }

  @Test
  void sparesTheOtherSamplesOfAPointThatIsLost() {
    prometheus.poison(line -> line.startsWith("h_sum"));
    try (Exporter exporter = exporter("")) {
      Loss loss =
          only(
              delivered(
                  exporter,
                  Otlps.batch(
                      request(
                          histogram(
                              "h",
                              "",
                              CUMULATIVE,
                              buckets(1000, 1, List.of(1.0, 2.0), List.of(1L, 2L, 3L))),
                          gauge("g", "", point(1000, 1))))));
      assertEquals("{0}", String.valueOf(loss.ordinals()));
      assertEquals(1, loss.items());
    }
    assertEquals(List.of("1 @1000"), prometheus.stored("g{}"));
  }

  @Test
  void splitsABatchIntoRequestsOfTheirMaximum() {
    try (Exporter exporter = exporter("max_batch_size_bytes: 1000")) {
      assertEquals(List.of(), delivered(exporter, many(100)).losses());
    }
    assertEquals(100, prometheus.storedCount());
    assertTrue(prometheus.requestCount() > 4, "requests: " + prometheus.requestCount());
  }

  @Test
  void neverSendsAgainWhatWasConfirmed() {
    try (Exporter exporter = exporter("max_batch_size_bytes: 1000")) {
      Delivery delivery = exporter.prepare(many(100));
      prometheus.fail(1, 503, false);
      assertInstanceOf(ExportResult.Retry.class, delivery.attempt(PATIENT));
      assertInstanceOf(ExportResult.Delivered.class, delivery.attempt(PATIENT));
      int all = prometheus.requestCount();
      assertInstanceOf(ExportResult.Delivered.class, delivery.attempt(PATIENT));
      assertEquals(all, prometheus.requestCount());
    }
    assertEquals(100, prometheus.storedCount());
  }

  /** Reliability test 16: 413. */
  @Test
  void sendsSmallerRequestsWhenTheyAreTooLarge() {
    prometheus.bytesMax(700);
    try (Exporter exporter = exporter("")) {
      assertEquals(List.of(), delivered(exporter, many(100)).losses());
    }
    assertEquals(100, prometheus.storedCount());
  }

  @Test
  void losesASampleThatIsTooLargeAlone() {
    prometheus.bytesMax(100);
    try (Exporter exporter = exporter("")) {
      Batch batch =
          Otlps.batch(
              request(
                  gauge(
                      "g",
                      "",
                      point(1000, 1),
                      point(1000, 1, "k", "x".repeat(200)),
                      point(1000, 2, "k", "y"))));
      Loss loss = only(delivered(exporter, batch));
      assertEquals("{1}", String.valueOf(loss.ordinals()));
    }
    assertEquals(2, prometheus.storedCount());
  }

  /** Reliability test 17: what is told to be there already was delivered before. */
  @ParameterizedTest
  @ValueSource(ints = {400, 409})
  void countsAsDeliveredWhatWasStoredBeforeTheAnswerWasLost(int refusal) {
    prometheus.refusesWith(refusal);
    Batch batch =
        Otlps.batch(request(gauge("g", "", point(1000, 1), point(2000, 2), point(3000, 3))));
    try (Exporter exporter = exporter("")) {
      prometheus.fail(1, 0, true);
      Delivery delivery = exporter.prepare(batch);
      assertInstanceOf(ExportResult.Retry.class, delivery.attempt(PATIENT));
      assertEquals(new ExportResult.Delivered(List.of()), delivery.attempt(PATIENT));
    }
    assertEquals(List.of("1 @1000", "2 @2000", "3 @3000"), prometheus.stored("g{}"));
  }

  @Test
  void countsAsDeliveredWhatTheSecondVersionHasStoredBefore() {
    Batch batch = Otlps.batch(request(gauge("g", "", point(1000, 1), point(2000, 2))));
    try (Exporter exporter = exporter("protobuf_message: io.prometheus.write.v2.Request")) {
      prometheus.fail(1, 0, true);
      Delivery delivery = exporter.prepare(batch);
      assertInstanceOf(ExportResult.Retry.class, delivery.attempt(PATIENT));
      assertEquals(new ExportResult.Delivered(List.of()), delivery.attempt(PATIENT));
    }
    assertEquals(List.of("1 @1000", "2 @2000"), prometheus.stored("g{}"));
  }

  @Test
  void losesWhatIsOutOfOrderWhenNoAnswerWasLost() {
    try (Exporter exporter = exporter("")) {
      delivered(exporter, Otlps.batch(request(gauge("g", "", point(2500, 9)))));
      Loss loss =
          only(
              delivered(
                  exporter,
                  Otlps.batch(
                      request(gauge("g", "", point(1000, 1), point(2000, 2), point(3000, 3))))));
      assertEquals("{0, 1}", String.valueOf(loss.ordinals()));
    }
    assertEquals(List.of("9 @2500", "3 @3000"), prometheus.stored("g{}"));
  }

  @Test
  void readsWhatTheSecondVersionHasWritten() {
    prometheus.poison(line -> line.startsWith("g{i=\"42\"}"));
    try (Exporter exporter = exporter("protobuf_message: io.prometheus.write.v2.Request")) {
      Loss loss = only(delivered(exporter, many(100)));
      assertEquals("{42}", String.valueOf(loss.ordinals()));
      assertTrue(loss.reason().endsWith("answered 400: out of bounds"), loss.reason());
    }
    assertEquals(99, prometheus.storedCount());
    assertEquals(List.of(V2), prometheus.requests);
  }

  @Test
  void fallsBackToTheFirstVersionForGood() {
    prometheus.withoutV2(415);
    try (Exporter exporter = exporter("protobuf_message: io.prometheus.write.v2.Request")) {
      assertEquals(List.of(), delivered(exporter, many(10)).losses());
      assertEquals(
          List.of(),
          delivered(exporter, Otlps.batch(request(gauge("later", "", point(1, 1))))).losses());
    }
    assertEquals(List.of(V2, V1, V1), prometheus.requests);
    assertEquals(11, prometheus.storedCount());
  }

  @Test
  void fallsBackWhenNothingSaysThatTheSecondVersionWasWritten() {
    prometheus.withoutV2(204);
    try (Exporter exporter = exporter("protobuf_message: io.prometheus.write.v2.Request")) {
      assertEquals(List.of(), delivered(exporter, many(10)).losses());
    }
    assertEquals(List.of(V2, V1), prometheus.requests);
    assertEquals(10, prometheus.storedCount());
  }

  @Test
  void doesNotAddDeltasAgainWhenItFallsBackOrTriesAgain() {
    prometheus.withoutV2(400);
    Batch batch = Otlps.batch(request(Otlps.sum("c", "", true, Otlps.DELTA, point(1000, 5))));
    try (Exporter exporter = exporter("protobuf_message: io.prometheus.write.v2.Request")) {
      Delivery delivery = exporter.prepare(batch);
      prometheus.fail(1, 500, false);
      assertInstanceOf(ExportResult.Retry.class, delivery.attempt(PATIENT));
      assertInstanceOf(ExportResult.Delivered.class, delivery.attempt(PATIENT));
    }
    assertEquals(List.of("5 @1000"), prometheus.stored("c_total{}"));
  }

  @Test
  void sendsMetadataAfterTheSamplesWhenAsked() {
    try (Exporter exporter = exporter("send_metadata: true")) {
      assertEquals(List.of(), delivered(exporter, many(10)).losses());
    }
    assertEquals(2, prometheus.requestCount());
  }

  @Test
  void sendsNothingWhenNothingCanBeSent() {
    try (Exporter exporter = exporter("")) {
      Loss loss = only(delivered(exporter, Otlps.batch(request(gauge("", "", point(1, 1))))));
      assertEquals(Loss.Kind.DROPPED, loss.kind());
    }
    assertEquals(0, prometheus.requestCount());
  }

  private Exporter exporter(String yaml) {
    String more = "endpoint: " + prometheus.url() + "\ntarget_info: {enabled: false}\n" + yaml;
    return Samples.exporter(new RemoteWriteExporterFactory(), Signal.METRICS, more);
  }

  private static ExportResult.Delivered delivered(Exporter exporter, Batch batch) {
    return assertInstanceOf(ExportResult.Delivered.class, exporter.prepare(batch).attempt(PATIENT));
  }

  private static Loss only(ExportResult.Delivered delivered) {
    assertEquals(1, delivered.losses().size(), () -> "" + delivered.losses());
    return delivered.losses().getFirst();
  }

  private static Batch many(int count) {
    NumberDataPoint[] points = new NumberDataPoint[count];
    for (int i = 0; i < count; i++) {
      points[i] = point(1000, i, "i", "" + i);
    }
    return Otlps.batch(request(gauge("g", "", points)));
  }
}
