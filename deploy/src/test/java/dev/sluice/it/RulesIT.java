package dev.sluice.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The alerts of {@code monitoring/prometheus/rules/sluice.yml} in a real Prometheus. */
class RulesIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path RULES = Path.of("monitoring/prometheus/rules/sluice.yml");
  private static final String SOUND =
      """
      sluice_conservation_imbalance_items{pipeline="traces",exporter="a",receiver="",data_type="traces"} 0
      sluice_exporter_dropped_spans{pipeline="traces",exporter="a",rule="overflow"} 0
      sluice_exporter_dead_lettered_log_records_total{pipeline="logs",exporter="b"} 0
      sluice_journal_healthy{pipeline="logs"} 1
      """;

  @Test
  void areLoadedAndFireWhenItemsAreLostAndOnlyThen() throws Exception {
    AtomicReference<String> page = new AtomicReference<>(SOUND);
    HttpServer metrics = serve(page);
    try (OwnBackend prometheus =
        OwnBackend.prometheus(RULES, "127.0.0.1:" + metrics.getAddress().getPort())) {
      Json group =
          Await.until(
                  "the rules are evaluated",
                  LIMIT,
                  () -> get(prometheus, "/api/v1/rules").get("groups").get(0),
                  read -> read.get("rules").items().stream().allMatch(RulesIT::isWell))
              .get("rules");
      assertEquals(7, group.items().size());
      Await.until(
          "the page is scraped",
          LIMIT,
          () -> new Prometheus(prometheus.url()).query("sluice_conservation_imbalance_items"),
          read -> !read.isEmpty());
      assertEquals(List.of(), firing(prometheus));

      page.set(SOUND.replace("} 0", "} 3").replace("} 1", "} 0"));
      List<String> lost =
          List.of(
              "SluiceConservationLawBroken",
              "SluiceItemsDeadLettered",
              "SluiceItemsDropped",
              "SluiceJournalCannotBeWritten");
      Await.until("the alerts fire", LIMIT, () -> firing(prometheus), lost::equals);
      Evidence.show("firing: %s", lost);
    } finally {
      metrics.stop(0);
    }
  }

  private static HttpServer serve(AtomicReference<String> page) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] text = page.get().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static boolean isWell(Json rule) {
    return rule.get("health").text().equals("ok");
  }

  private static List<String> firing(OwnBackend prometheus) {
    return get(prometheus, "/api/v1/alerts").get("alerts").items().stream()
        .filter(alert -> alert.get("state").text().equals("firing"))
        .map(alert -> alert.get("labels").get("alertname").text())
        .sorted()
        .toList();
  }

  private static Json get(OwnBackend prometheus, String path) {
    return Http.getOk(prometheus.url() + path).json().get("data");
  }
}
