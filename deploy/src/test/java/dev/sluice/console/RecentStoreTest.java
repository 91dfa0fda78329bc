package dev.sluice.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ManualClock;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentStoreTest {
  private static final long AGE_MAX = 1_000;

  private final ManualClock clock = new ManualClock(0);
  private final RecentStore store = new RecentStore(3 * 10_000, AGE_MAX, clock);

  @Test
  void newestIsLast() {
    Telemetry first = add(Signal.LOGS, 10, 1);
    Telemetry second = add(Signal.LOGS, 10, 1);
    assertEquals(List.of(first, second), store.newest(Signal.LOGS, 100, 10_000));
  }

  @Test
  void theLimitLeavesOutTheOldest() {
    add(Signal.LOGS, 10, 5);
    Telemetry second = add(Signal.LOGS, 10, 5);
    Telemetry third = add(Signal.LOGS, 10, 5);
    assertEquals(List.of(second, third), store.newest(Signal.LOGS, 10, 10_000));
    assertEquals(List.of(second, third), store.newest(Signal.LOGS, 100, 20));
    assertEquals(List.of(second, third), store.newest(Signal.LOGS, 6, 10_000));
    assertEquals(List.of(third), store.newest(Signal.LOGS, 5, 10_000));
    assertEquals(List.of(third), store.newest(Signal.LOGS, 100, 1));
  }

  @Test
  void aFullShelfLetsGoOfItsOldestOnly() {
    add(Signal.TRACES, 100, 1);
    add(Signal.METRICS, 4_900, 1);
    Telemetry second = add(Signal.METRICS, 4_900, 1);
    Telemetry third = add(Signal.METRICS, 4_900, 1);
    assertEquals(List.of(second, third), store.newest(Signal.METRICS, 100, 100_000));
    assertEquals(1, store.newest(Signal.TRACES, 100, 100_000).size());
    assertTrue(store.bytes(Signal.METRICS) <= 10_000);
  }

  @Test
  void whatIsOldGoes() {
    add(Signal.LOGS, 10, 1);
    clock.advance(AGE_MAX / 2);
    Telemetry second = add(Signal.LOGS, 10, 1);
    clock.advance(AGE_MAX / 2 + 1);
    assertEquals(List.of(second), store.newest(Signal.LOGS, 100, 10_000));
    clock.advance(AGE_MAX);
    assertEquals(List.of(), store.newest(Signal.LOGS, 100, 10_000));
    assertEquals(0, store.bytes(Signal.LOGS));
  }

  @Test
  void whatIsLargerThanAShelfIsNotKept() {
    Telemetry small = add(Signal.LOGS, 10, 1);
    add(Signal.LOGS, 10_001, 1);
    assertEquals(List.of(small), store.newest(Signal.LOGS, 100, 100_000));
  }

  private Telemetry add(Signal signal, int bytes, int items) {
    Telemetry telemetry = new Telemetry(signal, new byte[bytes], items);
    store.add(telemetry);
    return telemetry;
  }
}
