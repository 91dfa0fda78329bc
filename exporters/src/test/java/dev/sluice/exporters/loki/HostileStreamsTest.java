package dev.sluice.exporters.loki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.proto.logs.v1.ResourceLogs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Logs that would fill any cache, and values that stand in no label as they are. "Reliability test
 * 33" and 34: what is kept is bounded, and every value has a defined mapping. All of a million
 * streams with {@code -Dsluice.reliability.series=1000000}.
 */
@Timeout(300)
class HostileStreamsTest {
  private static final int STREAMS = Integer.getInteger("sluice.reliability.series", 100_000);
  private static final int BATCH = 2000;

  @Test
  void boundsWhatIsKeptOfStreamsWithoutEnd() {
    Placements placements = new Placements(LabelSettings.DEFAULTS, Limits.DEFAULTS, null);
    int most = 0;
    for (int from = 0; from < STREAMS; from += BATCH) {
      placements.trim();
      for (int i = from; i < from + BATCH; i++) {
        byte[] resource = Logs.service("service " + i).toByteArray();
        placements.resource(resource, 0, resource.length);
      }
      most = Math.max(most, placements.resourcesKept());
    }
    int kept = most;
    assertTrue(kept <= Placements.ENTRIES_MAX + BATCH, () -> "kept " + kept);
  }

  @Test
  void cutsALabelOfAMebibyte() {
    Encoding encoding = Encoding.byDefault();
    ResourceLogs logs = Logs.resourceLogs(Logs.service("x".repeat(1 << 20)), Logs.record("line"));
    List<PushedEntry> entries = encoding.entries(logs);
    assertEquals(1, entries.size());
    assertTrue(entries.getFirst().labels().length() < 2100, entries.getFirst().labels());
  }

  @Test
  void quotesWhatCannotStandInALabel() {
    Encoding encoding = Encoding.byDefault();
    Map<String, String> cases =
        Map.of(
            "a\u0000b", "{service_name=\"a\\x00b\"}",
            "a\nb", "{service_name=\"a\\nb\"}",
            "a\"}b", "{service_name=\"a\\\"}b\"}");
    cases.forEach((value, labels) ->
        assertEquals(labels, encoding.entry(Logs.service(value), Logs.record("line")).labels()));
  }
}
