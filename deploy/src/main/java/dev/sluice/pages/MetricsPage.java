package dev.sluice.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.receivers.http.HttpHead;
import dev.sluice.receivers.http.HttpResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Self-metrics in the Prometheus text format, at {@code /metrics}. Thread-safe. */
public final class MetricsPage implements Page {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Supplier<String> scrape;

  public MetricsPage(Supplier<String> scrape) {
    this.scrape = scrape;
  }

  @Override
  public @Nullable HttpResponse get(HttpHead head) {
    return head.path().equals("/metrics")
        ? HttpResponse.of(200, TEXT, scrape.get().getBytes(UTF_8))
        : null;
  }
}
