package dev.sluice.exporters.debug;

import dev.sluice.config.Section;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Delivery;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.ExporterFactory;
import dev.sluice.pipeline.SenderSettings;
import java.util.EnumSet;

/** {@code nop}: delivers everything to nobody. */
public final class NopExporterFactory implements ExporterFactory {
  @Override
  public String type() {
    return "nop";
  }

  @Override
  public Plan read(Section section) {
    return new Plan(
        SenderSettings.DEFAULTS, false, EnumSet.allOf(Signal.class), context -> new NopExporter());
  }

  private static final class NopExporter implements Exporter {
    @Override
    public Delivery prepare(Batch batch) {
      return timeoutNanos -> ExportResult.DELIVERED;
    }

    @Override
    public void close() {}
  }
}
