package dev.sluice.pages;

import dev.sluice.config.GoDuration;
import dev.sluice.pipeline.Clock;
import dev.sluice.receivers.http.HttpHead;
import dev.sluice.receivers.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Life, readiness and delivery. Thread-safe.
 *
 * <p>{@code /} is for liveness probes: it answers 200 as long as there is somebody to answer,
 * whatever the backends do, since a restart would lose what is held for them. {@code /ready}
 * answers 200 while requests are taken. {@code /status} tells the truth about delivery and is
 * always 200.
 */
public final class HealthPage implements Page {
  private final HealthSettings settings;
  private final BooleanSupplier ready;
  private final Supplier<String> status;
  private final Clock clock;
  private final long startedNanos;
  private final Instant upSince;

  /**
   * A page whose uptime counts from now.
   *
   * @param ready whether requests are taken
   * @param status the JSON of {@code /status}
   */
  public HealthPage(
      HealthSettings settings, BooleanSupplier ready, Supplier<String> status, Clock clock) {
    this.settings = settings;
    this.ready = ready;
    this.status = status;
    this.clock = clock;
    startedNanos = clock.nanoTime();
    upSince = StatusReport.instant(clock.epochNanos());
  }

  @Override
  public @Nullable HttpResponse get(HttpHead head) {
    if (head.path().equals(settings.path())) {
      return alive();
    }
    return switch (head.path()) {
      case "/ready" -> ready();
      case "/status" -> HttpResponse.json(200, status.get());
      default -> null;
    };
  }

  private HttpResponse alive() {
    String body = settings.healthy();
    return body == null
        ? HttpResponse.json(200, available("Server available"))
        : HttpResponse.text(200, body);
  }

  private HttpResponse ready() {
    return ready.getAsBoolean()
        ? HttpResponse.json(200, available("Server ready"))
        : HttpResponse.json(503, available("Server not ready"));
  }

  private String available(String status) {
    Duration uptime = Duration.ofNanos(clock.nanoTime() - startedNanos);
    return Json.object(json -> {
      json.writeStringProperty("status", status);
      json.writeStringProperty("upSince", upSince.toString());
      json.writeStringProperty("uptime", GoDuration.format(uptime));
    });
  }
}
