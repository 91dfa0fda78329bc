package dev.sluice.meters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.otlp.Signal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypeSuffixTest {

  @Test
  void countersLoseTheirSuffixAndNothingElseChanges() {
    assertEquals(
        """
        # HELP a_b the_total of a_total
        # TYPE a_b counter
        a_b{x="c_total"} 1.0
        a_b 2.0
        # TYPE total gauge
        total 3.0
        x_total_bytes 4.0
        """,
        TypeSuffix.strip(
            """
            # HELP a_b_total the_total of a_total
            # TYPE a_b_total counter
            a_b_total{x="c_total"} 1.0
            a_b_total 2.0
            # TYPE total gauge
            total 3.0
            x_total_bytes 4.0
            """));
    assertEquals("a 1", TypeSuffix.strip("a_total 1"));
    assertEquals("", TypeSuffix.strip(""));
  }

  @Test
  void theScrapeHasTheCollectorsNames() {
    Meters meters = new Meters(Map.of("service_name", "edge"));
    meters.receiver("otlp", "grpc").accepted(Signal.TRACES, 3, 0);
    String line = "{receiver=\"otlp\",service_name=\"edge\",transport=\"grpc\"} 3.0\n";
    assertTrue(
        meters.scrape(false).contains("otelcol_receiver_accepted_spans" + line),
        () -> meters.scrape(false));
    assertTrue(
        meters.scrape(true).contains("otelcol_receiver_accepted_spans_total" + line),
        () -> meters.scrape(true));
  }
}
