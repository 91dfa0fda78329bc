package dev.sluice.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.otlp.Signal;
import org.junit.jupiter.api.Test;

/** Reliability test 42: the harness' own check, which must see every kind of lost item. */
class ConservationLawTest {
  private static final String METRICS =
      """
      # TYPE otelcol_receiver_accepted_spans counter
      otelcol_receiver_accepted_spans_total{receiver="otlp",transport="grpc"} 7.0
      otelcol_receiver_accepted_spans_total{receiver="otlp",transport="http"} 3.0
      otelcol_receiver_refused_spans_total{receiver="otlp",transport="http"} 2.0
      """;

  @Test
  void holdsWhenEveryItemIsInOnePlace() {
    Ledger ledger = ledger(10, 4, 1, 2, 3, 0);
    assertEquals(2, ledger.refused(Signal.TRACES));
    assertEquals(0, ConservationLaw.violations(ledger).size());
  }

  @Test
  void isBrokenWhenAnItemIsNowhere() {
    assertEquals(1, ConservationLaw.violations(ledger(10, 4, 1, 2, 2, 0)).size());
  }

  @Test
  void isBrokenWhenAnItemIsInTwoPlaces() {
    assertEquals(1, ConservationLaw.violations(ledger(10, 5, 1, 2, 3, 0)).size());
  }

  @Test
  void isBrokenWhenTheProductSaysSo() {
    assertEquals(1, ConservationLaw.violations(ledger(10, 4, 1, 2, 3, 1)).size());
  }

  @Test
  void isBrokenWhenAnExporterWasNotGivenWhatTheReceiversTook() {
    assertEquals(1, ConservationLaw.violations(ledger(9, 4, 1, 1, 3, 0)).size());
  }

  @Test
  void isBrokenWhenTheReceiversKnowOfOtherItemsThanCame() {
    Ledger ledger = ledger(10, 4, 1, 2, 3, 0);
    assertEquals(0, ConservationLaw.violations(ledger, law("holds", 10, 2)).size());
    assertEquals(1, ConservationLaw.violations(ledger, law("holds", 10, 3)).size());
    assertEquals(1, ConservationLaw.violations(ledger, law("holds", 9, 2)).size());
    assertEquals(1, ConservationLaw.violations(ledger, law("broken", 10, 2)).size());
  }

  private static Json law(String verdict, int accepted, int refused) {
    return Json.parse(
        """
        {"verdict": "%s", "receivers": [
          {"receiver": "otlp", "signal": "traces", "accepted": %d, "refused": %d}]}
        """
            .formatted(verdict, accepted, refused));
  }

  private static Ledger ledger(
      int accepted, int delivered, int held, int deadLettered, int dropped, int unaccounted) {
    String status =
        """
        {"pipelines": [{"id": "traces", "signal": "traces", "exporters": [{"id": "otlp_grpc",
          "items": {"accepted": %d, "delivered": %d, "held": %d, "dead_lettered": %d,
            "dropped": {"overflow": %d}, "unaccounted": %d}}]}]}
        """
            .formatted(accepted, delivered, held, deadLettered, dropped, unaccounted);
    return Ledger.read(METRICS, Json.parse(status));
  }
}
