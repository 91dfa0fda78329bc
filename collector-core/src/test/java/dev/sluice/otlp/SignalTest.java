package dev.sluice.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SignalTest {
  @Test
  void namesItemsAsTheCollectorDoes() {
    assertEquals("metric_points", Signal.METRICS.items());
  }
}
