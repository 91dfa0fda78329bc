package dev.sluice.benchmarks;

import dev.sluice.config.ConfigLoader;
import dev.sluice.config.Problems;
import dev.sluice.config.Section;
import dev.sluice.meters.Meters;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.ExporterContext;
import dev.sluice.pipeline.ExporterFactory;
import java.util.concurrent.TimeUnit;

/** Exporters made from a configuration, as the product makes them. */
final class Components {
  private Components() {}

  static Exporter exporter(ExporterFactory factory, Signal signal, String yaml) {
    Section section =
        new ConfigLoader(_ -> null, new Problems()).loadText("benchmark", yaml).root();
    ExporterContext context =
        new ExporterContext(
            "benchmark",
            signal,
            "0",
            new Meters(),
            new SystemClock(),
            (role, body) -> Thread.ofPlatform().daemon().name(role).start(body));
    return factory.read(section).make().make(context);
  }

  private static final class SystemClock implements Clock {
    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public long epochNanos() {
      return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }
  }
}
