package dev.sluice.exporters.otlp;

import dev.sluice.config.Section;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.ExporterContext;
import dev.sluice.pipeline.ExporterFactory;
import dev.sluice.pipeline.SenderSettings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

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
    return new Plan(sender, false, signals(settings), context -> make(settings, context));
  }

  /** Those that it has a URL for; all of them when it has none, of which enough is said already. */
  private static Set<Signal> signals(OtlpHttpSettings settings) {
    Set<Signal> configured = settings.urls().keySet();
    return configured.isEmpty() ? EnumSet.allOf(Signal.class) : configured;
  }

  private static Exporter make(OtlpHttpSettings settings, ExporterContext context) {
    return new OtlpHttpExporter(settings, context);
  }
}
