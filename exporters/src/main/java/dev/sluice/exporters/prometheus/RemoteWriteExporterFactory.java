package dev.sluice.exporters.prometheus;

import dev.sluice.config.Section;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.ExporterFactory;
import dev.sluice.pipeline.QueueSettings;
import dev.sluice.pipeline.Retention;
import dev.sluice.pipeline.RetrySettings;
import dev.sluice.pipeline.SenderSettings;
import java.time.Duration;
import java.util.EnumSet;

/** {@code prometheus_remote_write}: metrics to Prometheus and what speaks its remote write. */
public final class RemoteWriteExporterFactory implements ExporterFactory {
  private static final SenderSettings DEFAULTS =
      SenderSettings.DEFAULTS.withRetry(
          RetrySettings.DEFAULTS.withInitialInterval(Duration.ofMillis(50)));

  @Override
  public String type() {
    return "prometheus_remote_write";
  }

  @Override
  public Plan read(Section section) {
    RemoteWriteSettings settings = RemoteWriteSection.read(section);
    SenderSettings sender = SenderSettings.read(section, defaults(section));
    Section queue = section.sectionIfPresent("remote_write_queue");
    if (queue != null) {
      sender = sender.withQueue(queue(queue));
    }
    return new Plan(
        sender,
        true,
        EnumSet.of(Signal.METRICS),
        context -> new RemoteWriteExporter(settings, context));
  }

  private static SenderSettings defaults(Section section) {
    Section http = section.sectionIfPresent("http");
    return http == null
        ? DEFAULTS
        : DEFAULTS.withTimeout(http.duration("timeout", DEFAULTS.timeout()));
  }

  /** The exporter's own form of {@code sending_queue}, in which sizes count requests. */
  private static QueueSettings queue(Section section) {
    boolean enabled = section.bool("enabled", true);
    long size = section.longInteger("queue_size", QueueSettings.UNLIMITED, 1, Long.MAX_VALUE);
    section.unsupported(
        "num_consumers", "one request at a time keeps the samples of a series in order");
    return new QueueSettings(
        1, size, QueueSettings.Sizer.REQUESTS, !enabled, Retention.read(section));
  }
}
