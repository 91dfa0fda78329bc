package dev.sluice.meters;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.otlp.Signal;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The names that dashboards of the OpenTelemetry Collector ask for. */
class MeterNamesTest {
  private final Meters meters = new Meters(Map.of());

  @Test
  void countsRequestsAndItemsOfAReceiver() {
    ReceiverMeters receiver = meters.receiver("otlp", "grpc");
    receiver.accepted(Signal.TRACES, 10, 3);
    receiver.refused(Signal.LOGS, 5);
    receiver.failed(Signal.METRICS, 2);
    String otlp = "receiver=\"otlp\",transport=\"grpc\"";
    assertScraped("otelcol_receiver_accepted_spans{" + otlp + "} 7.0");
    assertScraped("otelcol_receiver_failed_spans{" + otlp + "} 3.0");
    assertScraped("otelcol_receiver_refused_log_records{" + otlp + "} 5.0");
    assertScraped("otelcol_receiver_failed_metric_points{" + otlp + "} 2.0");
    for (String outcome : new String[] {"success", "refused", "failure"}) {
      String labels = "outcome=\"" + outcome + "\"," + otlp;
      assertScraped("otelcol_receiver_requests{" + labels + "} 1.0");
    }
  }

  @Test
  void countsWhatAnExporterSentAndLost() {
    ExporterMeters exporter = meters.exporter("loki", "logs", Signal.LOGS);
    exporter.batch(100, 5000);
    exporter.sent(90);
    exporter.sendFailed(8);
    exporter.enqueueFailed(2);
    String loki = "exporter=\"loki\",pipeline=\"logs\"";
    assertScraped("otelcol_exporter_sent_log_records{" + loki + "} 90.0");
    assertScraped("otelcol_exporter_send_failed_log_records{" + loki + "} 8.0");
    assertScraped("otelcol_exporter_enqueue_failed_log_records{" + loki + "} 2.0");
    assertScraped("otelcol_exporter_queue_batch_send_size_sum{" + loki + "} 100.0");
    assertScraped("otelcol_exporter_queue_batch_send_size_bytes_count{" + loki + "} 1");
  }

  private void assertScraped(String line) {
    String scraped = meters.scrape(false);
    assertTrue(scraped.contains(line), () -> line + " is not in\n" + scraped);
  }
}
