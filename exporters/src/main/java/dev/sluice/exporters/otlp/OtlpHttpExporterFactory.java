package dev.sluice.exporters.otlp;

import dev.sluice.config.Section;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.ExporterContext;
import dev.sluice.pipeline.ExporterFactory;
import dev.sluice.pipeline.SenderSettings;
import java.time.Duration;

/** {@code otlp_http}: OTLP over HTTP, as protobuf or JSON. */
public final class OtlpHttpExporterFactory implements ExporterFactory {
  private static final SenderSettings DEFAULTS =
      SenderSettings.DEFAULTS.withTimeout(Duration.ofSeconds(30));

  @Override
  public String type() {
    return "otlp_http";
  }

  @Override
  public Plan read(Section section) {
    OtlpHttpSettings settings = OtlpHttpSettings.read(section);
    SenderSettings sender = SenderSettings.read(section, DEFAULTS);
    return new Plan(sender, false, settings.urls().keySet(), context -> make(settings, context));
  }

  private static Exporter make(OtlpHttpSettings settings, ExporterContext context) {
    return new OtlpHttpExporter(settings, context);
  }
}
