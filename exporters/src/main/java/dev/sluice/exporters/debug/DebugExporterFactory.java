package dev.sluice.exporters.debug;

import dev.sluice.config.Section;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.ExporterContext;
import dev.sluice.pipeline.ExporterFactory;
import dev.sluice.pipeline.SenderSettings;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code debug}: writes telemetry to the log, or to standard output. */
public final class DebugExporterFactory implements ExporterFactory {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sluice.debug");
  private static final int SAMPLES_MAX = Integer.MAX_VALUE;

  private final PrintStream out;

  /** A factory whose exporters write to {@code out} when they do not use the log. */
  public DebugExporterFactory(PrintStream out) {
    this.out = out;
  }

  @Override
  public String type() {
    return "debug";
  }

  @Override
  public Plan read(Section section) {
    Verbosity verbosity = section.choice("verbosity", Verbosity.BASIC);
    int initial = section.integer("sampling_initial", 2, 0, SAMPLES_MAX);
    int thereafter = section.integer("sampling_thereafter", 1, 0, SAMPLES_MAX);
    boolean toLog = section.bool("use_internal_logger", true);
    outputPaths(section, toLog);
    SenderSettings sender = SenderSettings.read(section, SenderSettings.DEFAULTS);
    return new Plan(
        sender,
        true,
        EnumSet.allOf(Signal.class),
        context -> make(context, verbosity, new Sampling(initial, thereafter), toLog));
  }

  private static void outputPaths(Section section, boolean toLog) {
    List<String> paths = section.strings("output_paths");
    if (section.has("output_paths") && toLog) {
      section.problem("output_paths", "needs use_internal_logger: false");
    } else if (!paths.isEmpty() && !paths.equals(List.of("stdout"))) {
      section.problem("output_paths", "only stdout is supported");
    }
  }

  private Exporter make(
      ExporterContext context, Verbosity verbosity, Sampling sampling, boolean toLog) {
    String id = context.id();
    Consumer<String> output = toLog ? text -> LOG.info("{}: {}", id, text) : out::println;
    return new DebugExporter(verbosity, sampling, context.clock(), output);
  }
}
