package dev.sluice.receivers.otlp;

import dev.sluice.config.Section;
import dev.sluice.pipeline.ReceiverFactory;

/** The row {@code otlp} of the table of receivers. */
public final class OtlpReceiverFactory implements ReceiverFactory {
  @Override
  public String type() {
    return "otlp";
  }

  @Override
  public Plan read(Section section) {
    OtlpSettings settings = OtlpSettingsReader.read(section);
    return context -> new OtlpReceiver(settings, context);
  }
}
