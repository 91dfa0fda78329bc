package dev.sluice.exporters.loki;

import static dev.sluice.exporters.loki.Logs.attribute;
import static dev.sluice.exporters.loki.Logs.record;
import static dev.sluice.exporters.loki.Logs.resourceLogs;
import static dev.sluice.exporters.loki.Logs.service;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.pipeline.Loss;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What Loki 3 answered, recorded, and which entries of the request it meant. The texts are in the
 * resources of this package; the requests were sent at {@link #NOW}.
 */
class RefusalTest {
  /** 2026-11-23T20:47:19.123456789Z. */
  private static final long NOW = 1_795_466_839_123_456_789L;

  private static final long HOUR = 3_600_000_000_000L;

  @Test
  void identifiesEntriesThatAreTooOld() {
    Resource resource = service("old", attribute("b", "x \"q\" \\ \n\t'z'; 1 errors like: "));
    PushBody body =
        body(
            List.of("service.name", "b"),
            resourceLogs(
                resource,
                at(NOW - 200 * HOUR),
                at(NOW - 200 * HOUR + 5),
                at(NOW),
                at(NOW - 300 * HOUR)));

    List<Loss> losses = read("too_old_three_of_four", body);

    assertLoss(Set.of(0, 1, 3), only(losses));
    assertTrue(only(losses).reason().startsWith("reason"), only(losses).reason());
    assertEquals(Loss.Kind.REJECTED, only(losses).kind());
  }

  @Test
  void identifiesASingleEntry() {
    PushBody body =
        body(
            resourceLogs(service("one"), at(NOW - 200 * HOUR)),
            resourceLogs(service("other"), at(NOW - 200 * HOUR)));

    assertLoss(Set.of(0), only(read("too_old_single", body)));
  }

  @Test
  void identifiesEntriesOfSeveralStreams() {
    PushBody body =
        body(
            resourceLogs(service("new"), at(NOW), at(NOW + HOUR)),
            resourceLogs(service("old"), at(NOW - 200 * HOUR)));

    assertLoss(Set.of(1, 2), only(read("too_old_and_too_new", body)));
  }

  @Test
  void identifiesLongLinesAndLargeMetadata() {
    KeyValue[] many = new KeyValue[129];
    for (int i = 0; i < many.length; i++) {
      many[i] = attribute("k" + i, "v");
    }
    PushBody lines =
        body(resourceLogs(service("long"), record("x".repeat(300_000)), record("short")));
    PushBody entries = body(resourceLogs(service("meta"), record("a"), record("b", many)));
    PushBody bytes =
        body(
            resourceLogs(
                service("meta"), record("a"), record("b", attribute("k", "v".repeat(70_000)))));

    assertLoss(Set.of(0), only(read("line_too_long", lines)));
    assertLoss(Set.of(1), only(read("metadata_too_many", entries)));
    assertLoss(Set.of(1), only(read("metadata_too_large", bytes)));
  }

  @Test
  void takesAllEntriesOfAStreamThatIsRefused() {
    List<String> names = new ArrayList<>(List.of("service.name", "a"));
    List<KeyValue> labels = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      names.add("l%02d".formatted(i));
      labels.add(attribute("l%02d".formatted(i), "v"));
    }
    ResourceLogs good = resourceLogs(service("ok"), at(NOW), at(NOW));
    PushBody many =
        body(
            names,
            good,
            resourceLogs(service("many", labels.toArray(new KeyValue[0])), at(NOW), at(NOW + 1)));
    PushBody value =
        body(
            names,
            good,
            resourceLogs(service("value", attribute("a", "v".repeat(2049))), at(NOW), at(NOW + 1)));
    PushBody missing = body(good, resourceLogs(service("plain"), at(NOW), at(NOW)));

    assertLoss(Set.of(2, 3), only(read("too_many_labels", many)));
    assertLoss(Set.of(2, 3), only(read("label_value_too_long", value)));
    assertLoss(Set.of(2, 3), only(read("missing_enforced_label", missing)));
  }

  @Test
  void identifiesEntriesThatAreTooFarBehind() {
    PushBody body =
        body(
            resourceLogs(
                service("far"),
                at(NOW),
                at(NOW - 2 * HOUR),
                at(NOW - 2 * HOUR + 123_456_000),
                at(NOW - 1)));

    assertLoss(Set.of(1, 2), only(read("too_far_behind_two_of_four", body)));
  }

  @Test
  void findsByTheCutoffWhatALongAnswerDoesNotList() {
    LogRecord[] records = new LogRecord[15];
    for (int i = 0; i < 14; i++) {
      records[i] = at(NOW - 2 * HOUR - i);
    }
    records[14] = at(NOW);
    PushBody body = body(resourceLogs(service("far"), records));

    Loss loss = only(read("too_far_behind_fourteen", body));

    assertEquals(14, loss.items());
    assertNotNull(loss.ordinals());
    assertEquals(14, loss.ordinals().nextClearBit(0));
  }

  @Test
  void countsWithoutNamingWhereMoreEntriesFitThanAreMeant() {
    PushBody body =
        body(
            resourceLogs(
                service("far"), at(NOW - 3 * HOUR), at(NOW - 3 * HOUR), at(NOW - 3 * HOUR)));

    Loss loss = only(read("too_far_behind_one_of_two", body));

    assertEquals(1, loss.items());
    assertNull(loss.ordinals());
  }

  @Test
  void countsWithoutNamingWhatItDoesNotFind() {
    PushBody body = body(resourceLogs(service("another"), at(NOW), at(NOW), at(NOW), at(NOW)));

    Loss loss = only(read("too_far_behind_two_of_four", body));

    assertEquals(2, loss.items());
    assertNull(loss.ordinals());
  }

  @Test
  void findsAStreamThatLokiHasSharded() {
    PushBody body = body(resourceLogs(service("far"), at(NOW), at(NOW - 3 * HOUR)));
    String text = text("too_far_behind_one_of_two");
    String sharded =
        text.replace(
            "{service_name=\"far\"}",
            "{__stream_shard__=\"3\", __time_shard__=\"1_2\", service_name=\"far\"}");

    assertLoss(Set.of(1), only(Refusal.read(sharded, false, body, "reason")));
  }

  @Test
  void neverRefusesMoreThanWasSent() {
    PushBody body = body(resourceLogs(service("far"), at(NOW)));

    assertEquals(1, only(read("too_far_behind_fourteen", body)).items());
  }

  @Test
  void takesAllForRefusedWhenTheAnswerDoesNotTell() {
    PushBody body = body(resourceLogs(service("app"), at(NOW), at(NOW), at(NOW)));

    assertLoss(Set.of(0, 1, 2), only(read("labels_not_parsed", body)));
    assertLoss(Set.of(0, 1, 2), only(Refusal.read("", false, body, "reason")));
    assertLoss(Set.of(0, 1, 2), only(Refusal.read("<html>Bad Request", false, body, "reason")));
  }

  @Test
  void takesAllForRefusedWhenTheAnswerIsCut() {
    PushBody body = body(resourceLogs(service("one"), at(NOW - 200 * HOUR), at(NOW)));

    Loss loss = only(Refusal.read(text("too_old_single"), true, body, "reason"));

    assertLoss(Set.of(0, 1), loss);
    assertTrue(loss.reason().contains("does not tell"), loss.reason());
  }

  @Test
  void survivesNumbersAndTimesThatAreNone() {
    PushBody body = body(resourceLogs(service("one"), at(NOW), at(NOW)));
    String text =
        "99999999999999999999 errors like: entry for stream '{service_name=\"one\"}' has timestamp"
            + " too old: 2026-99-99T99:99:99Z, oldest; user 'x', total ignored: 1 out of 1 for"
            + " stream: {service_name=\"one\"} entry with timestamp 9999-99-99 99:99:99 +0000";

    assertEquals(2, only(Refusal.read(text, false, body, "reason")).items());
  }

  private static List<Loss> read(String recorded, PushBody body) {
    return Refusal.read(text(recorded), false, body, "reason");
  }

  private static String text(String recorded) {
    try (InputStream in = RefusalTest.class.getResourceAsStream(recorded + ".txt")) {
      return new String(assertNotNullStream(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static InputStream assertNotNullStream(InputStream in) {
    assertNotNull(in, "no such recording");
    return in;
  }

  private static LogRecord at(long timeNanos) {
    return record("line").toBuilder().setTimeUnixNano(timeNanos).build();
  }

  private static PushBody body(ResourceLogs... logs) {
    return body(List.of("service.name"), logs);
  }

  /** One request of these logs, without any of our own limits. */
  private static PushBody body(List<String> labels, ResourceLogs... logs) {
    int none = 1 << 30;
    Encoding encoding =
        Encoding.of(
            new LabelSettings(labels, List.of(), Set.of()),
            new Limits(100, none, none, 0, true, 1000, none, none));
    return PushBody.of(
        null,
        encoding.bodies(Logs.batch(logs)).stream()
            .flatMap(body -> body.slices().stream())
            .toList());
  }

  private static Loss only(List<Loss> losses) {
    assertEquals(1, losses.size(), losses::toString);
    return losses.getFirst();
  }

  private static void assertLoss(Set<Integer> ordinals, Loss loss) {
    BitSet bits = loss.ordinals();
    assertNotNull(bits, loss::toString);
    assertEquals(ordinals, bits.stream().boxed().collect(Collectors.toSet()));
    assertEquals(ordinals.size(), loss.items());
  }
}
