package dev.sluice.exporters.otlp.grpc;

import dev.sluice.config.Section;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.ExporterFactory;
import dev.sluice.pipeline.SenderSettings;
import java.util.EnumSet;

/** {@code otlp_grpc}: OTLP over gRPC. */
public final class OtlpGrpcExporterFactory implements ExporterFactory {
  @Override
  public String type() {
    return "otlp_grpc";
  }

  @Override
  public Plan read(Section section) {
    OtlpGrpcSettings settings = OtlpGrpcSection.read(section);
    SenderSettings sender = SenderSettings.read(section, SenderSettings.DEFAULTS);
    return new Plan(
        sender,
        false,
        EnumSet.allOf(Signal.class),
        context -> new OtlpGrpcExporter(settings, context));
  }
}
