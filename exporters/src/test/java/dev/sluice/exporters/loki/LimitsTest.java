package dev.sluice.exporters.loki;

import static dev.sluice.exporters.loki.Logs.attribute;
import static dev.sluice.exporters.loki.Logs.integer;
import static dev.sluice.exporters.loki.Logs.record;
import static dev.sluice.exporters.loki.Logs.resource;
import static dev.sluice.exporters.loki.Logs.resourceLogs;
import static dev.sluice.exporters.loki.Logs.service;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.pipeline.Loss;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LimitsTest {
  @Test
  void demotesTheLeastImportantLabelsBeyondFifteen() {
    Encoding encoding = Encoding.byDefault();
    List<KeyValue> all = new ArrayList<>();
    for (String key : LabelSettings.LOKI_RESOURCE.reversed()) {
      all.add(attribute(key, key));
    }

    PushedEntry entry = encoding.entry(resource(all.toArray(new KeyValue[0])), record("x"));

    assertEquals(18, LabelSettings.LOKI_RESOURCE.size());
    assertEquals(15, entry.labels().split(", ").length);
    assertTrue(entry.labels().contains("service_name=\"service.name\""), entry.labels());
    assertEquals(
        Map.of(
            "k8s_replicaset_name", "k8s.replicaset.name",
            "service_instance_id", "service.instance.id",
            "deployment_environment", "deployment.environment"),
        entry.metadata());
    assertEquals(3, encoding.counted("labels_demoted"));
  }

  @Test
  void keepsRoomForTheServiceNameThatItHasToFind() {
    Encoding encoding = Encoding.of(labelsMax(2));

    PushedEntry entry =
        encoding.entry(
            resource(
                attribute("k8s.container.name", "web"),
                attribute("cloud.region", "eu"),
                attribute("k8s.pod.name", "web-1")),
            record("x"));

    assertEquals("{k8s_container_name=\"web\", service_name=\"web\"}", entry.labels());
    assertEquals(Map.of("k8s_pod_name", "web-1", "cloud_region", "eu"), entry.metadata());
  }

  @Test
  void demotesLabelsWithTooLongAValueOrName() {
    Encoding encoding = Encoding.byDefault();
    String fits = "é".repeat(1024);
    String tooLong = fits + "x";

    PushedEntry entry =
        encoding.entry(
            service("a", attribute("cloud.region", fits), attribute("k8s.pod.name", tooLong)),
            record("x"));

    assertEquals("{cloud_region=\"" + fits + "\", service_name=\"a\"}", entry.labels());
    assertEquals(Map.of("k8s_pod_name", tooLong), entry.metadata());
    assertEquals(1, encoding.counted("labels_demoted"));
  }

  @Test
  void demotesALabelWhoseNameIsTakenOrReserved() {
    Encoding encoding =
        Encoding.of(
            new LabelSettings(
                List.of("service.name", "a.b", "a_b", "__reserved__"), List.of(), Set.of()));

    PushedEntry entry =
        encoding.entry(
            service(
                "s", attribute("a_b", "2"), attribute("a.b", "1"), attribute("__reserved__", "3")),
            record("x"));

    assertEquals("{a_b=\"1\", service_name=\"s\"}", entry.labels());
    assertEquals(Map.of("a_b", "2", "__reserved__", "3"), entry.metadata());
  }

  @Test
  void aServiceNameThatIsTooLongIsDemotedAndReplaced() {
    Encoding encoding = Encoding.byDefault();

    PushedEntry entry = encoding.entry(service("s".repeat(2049)), record("x"));

    assertEquals("{service_name=\"unknown_service\"}", entry.labels());
    assertEquals(Map.of("service_name", "s".repeat(2049)), entry.metadata());
  }

  @Test
  void dropsMetadataBeyondTheNumberOfEntriesAndCountsIt() {
    Encoding encoding = Encoding.byDefault();
    KeyValue[] attributes = new KeyValue[130];
    for (int i = 0; i < attributes.length; i++) {
      attributes[i] = attribute("k" + i, integer(i));
    }

    PushedEntry entry =
        encoding.entry(service("a", attribute("host.name", "h")), record("x", attributes));

    assertEquals(128, entry.metadata().size());
    assertEquals("127", entry.metadata().get("k127"));
    assertFalse(entry.metadata().containsKey("host_name"));
    assertEquals(3, encoding.counted("metadata_dropped"));
    assertEquals("x", entry.line());
  }

  @Test
  void dropsMetadataBeyondItsBytesAndKeepsWhatStillFits() {
    Encoding encoding = Encoding.byDefault();
    String half = "v".repeat(40_000);

    PushedEntry entry =
        encoding.entry(
            service("a", attribute("host.name", half), attribute("os", "linux")),
            record("x", attribute("first", half), attribute("second", half)));

    assertEquals(Map.of("first", half, "os", "linux"), entry.metadata());
    assertEquals(2, encoding.counted("metadata_dropped"));
  }

  @Test
  void countsMetadataBytesAsLokiDoes() {
    Encoding encoding = Encoding.byDefault();
    String fits = "v".repeat((64 << 10) - "name".length());

    assertEquals(
        1, encoding.entry(service("a"), record("x", attribute("name", fits))).metadata().size());
    assertEquals(
        0,
        encoding.entry(service("a"), record("x", attribute("name", fits + "v"))).metadata().size());
  }

  @Test
  void cutsALongLineBetweenCharactersAndSaysHowMuch() {
    Encoding encoding = Encoding.byDefault();
    String fits = "x".repeat((256 << 10) - 1);

    PushedEntry whole = encoding.entry(service("a"), record(fits + "y"));
    PushedEntry cut = encoding.entry(service("a"), record(fits + "你 and more"));

    assertEquals(fits + "y", whole.line());
    assertEquals(Map.of(), whole.metadata());
    assertEquals(fits, cut.line());
    int lost = "你 and more".getBytes(StandardCharsets.UTF_8).length;
    assertEquals(Map.of("line_truncated_bytes", "" + lost), cut.metadata());
    assertEquals(1, encoding.counted("lines_truncated"));
  }

  @Test
  void dropsALongLineWhenToldTo() {
    Encoding encoding = Encoding.of(new Limits(15, 1024, 2048, 10, false, 128, 65536, 4 << 20));

    List<PushedEntry> entries =
        encoding.entries(
            resourceLogs(service("a"), record("short"), record("longer than ten"), record("ok")));

    assertEquals(List.of("short", "ok"), entries.stream().map(PushedEntry::line).toList());
    Loss loss = encoding.losses().getFirst();
    assertEquals(Loss.Kind.DROPPED, loss.kind());
    assertEquals("line_too_long", loss.rule());
    assertEquals(1, loss.items());
    assertEquals(BitSet.valueOf(new long[] {0b010}), loss.ordinals());
  }

  @Test
  void makesRequestsOfALimitedSize() {
    Encoding encoding = Encoding.of(new Limits(15, 1024, 2048, 0, true, 128, 65536, 2000));
    String body = "x".repeat(500);

    List<PushBody> bodies =
        encoding.bodies(Logs.lines("a", body, body, body, body, "y".repeat(5000), body));

    assertEquals(List.of(3, 1, 1, 1), bodies.stream().map(PushBody::items).toList());
    for (PushBody request : bodies) {
      assertTrue(request.items() == 1 || request.bytes() <= 2000, request::toString);
    }
  }

  @Test
  void sendsAStreamWithLateEntriesAlone() {
    Encoding encoding = Encoding.byDefault();
    encoding.bodies(Logs.lines("late", "new"));
    long anHour = 3_600_000_000_000L;

    List<PushBody> bodies =
        encoding.bodies(
            Logs.batch(
                resourceLogs(
                    service("late"),
                    record("old").toBuilder().setTimeUnixNano(Logs.TIME - anHour).build()),
                resourceLogs(service("other"), record("x"))));

    assertEquals(2, bodies.size());
    assertEquals("{service_name=\"other\"}", labels(bodies.get(0)));
    assertEquals("{service_name=\"late\"}", labels(bodies.get(1)));
  }

  @Test
  void aTimeThatLokiRefusesDoesNotMakeOthersLate() {
    Encoding encoding = Encoding.byDefault();
    long anHour = 3_600_000_000_000L;
    encoding.bodies(
        Logs.batch(
            resourceLogs(
                service("a"),
                record("ahead").toBuilder().setTimeUnixNano(Logs.TIME + anHour).build())));

    List<PushBody> bodies =
        encoding.bodies(
            Logs.batch(
                resourceLogs(service("a"), record("x")), resourceLogs(service("b"), record("y"))));

    assertEquals(1, bodies.size());
  }

  private static String labels(PushBody body) {
    return body.slices().getFirst().stream().labels().text();
  }

  private static Limits labelsMax(int labelsMax) {
    return new Limits(labelsMax, 1024, 2048, 0, true, 128, 65536, 4 << 20);
  }

  @Test
  void splitsARequestInTwo() {
    Encoding encoding = Encoding.byDefault();
    Resource other = service("b");
    PushBody body =
        encoding
            .bodies(
                Logs.batch(
                    resourceLogs(service("a"), record("1"), record("2"), record("3")),
                    resourceLogs(other, record("4"), record("x".repeat(500)))))
            .getFirst();

    List<PushBody> halves = body.halves();

    assertEquals(5, halves.get(0).items() + halves.get(1).items());
    BitSet both = halves.get(0).ordinals();
    assertFalse(both.intersects(halves.get(1).ordinals()));
    both.or(halves.get(1).ordinals());
    assertEquals(5, both.cardinality());
    for (PushBody half : halves) {
      assertTrue(half.items() > 0);
    }
  }
}
