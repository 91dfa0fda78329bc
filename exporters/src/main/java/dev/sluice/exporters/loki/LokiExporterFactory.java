package dev.sluice.exporters.loki;

import dev.sluice.config.Section;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.ExporterFactory;
import dev.sluice.pipeline.SenderSettings;
import java.util.EnumSet;

/**
 * {@code loki}: logs to Loki's push API. It takes the keys of the Collector's former exporter of
 * that name.
 */
public final class LokiExporterFactory implements ExporterFactory {
  @Override
  public String type() {
    return "loki";
  }

  @Override
  public Plan read(Section section) {
    LokiSettings settings = LokiSection.read(section);
    SenderSettings sender = SenderSettings.read(section, SenderSettings.DEFAULTS);
    return new Plan(
        sender, true, EnumSet.of(Signal.LOGS), context -> new LokiExporter(settings, context));
  }
}
