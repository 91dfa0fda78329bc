package dev.sluice.benchmarks.load.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.benchmarks.load.LoadCase;
import dev.sluice.benchmarks.load.collector.CollectorCommand;
import dev.sluice.benchmarks.load.collector.Cores;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final List<CollectorCommand> COLLECTORS =
      List.of(CollectorCommand.parse("sluice=./sluice --config {config}"));

  private static Settings settings(int rounds, Duration duration) {
    return new Settings(
        COLLECTORS,
        Settings.cases("traces-grpc,logs-http-json,metrics-grpc-gzip"),
        100,
        rounds,
        20_000,
        duration,
        4,
        8,
        0.5,
        5,
        1000,
        true,
        new Cores("0"),
        new Cores("1"));
  }

  @Test
  void areReadBackFromResults() {
    Settings settings = settings(3, Duration.ofSeconds(20));
    assertEquals(settings, Settings.of(settings.described(), COLLECTORS));
  }

  @Test
  void resultsWithoutThemAreRefused() {
    Map<String, String> some = Map.of("cases", "traces-grpc", "items", "100");
    assertThrows(IllegalArgumentException.class, () -> Settings.of(some, COLLECTORS));
  }

  @Test
  void everyRunIsBounded() {
    assertThrows(IllegalArgumentException.class, () -> settings(0, Duration.ofSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> settings(1, Duration.ofHours(1)));
  }

  @Test
  void casesAreNamedAsTheyAreRead() {
    for (String name :
        List.of("traces-grpc", "logs-http-json", "metrics-http-gzip", "traces-grpc-zstd")) {
      assertEquals(name, LoadCase.named(name).label());
    }
    for (String name : List.of("traces", "traces-grpc-json", "spans-http", "metrics-http-json")) {
      assertThrows(IllegalArgumentException.class, () -> LoadCase.named(name), name);
    }
  }
}
