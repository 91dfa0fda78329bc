package dev.sluice.exporters.debug;

import dev.sluice.exporters.http.Body;
import dev.sluice.otlp.Otlp;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Delivery;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Exporter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Writes batches as text. Its plan is ordered: one delivery at a time, by any thread. */
final class DebugExporter implements Exporter {
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Verbosity verbosity;
  private final Sampling sampling;
  private final Clock clock;
  private final Consumer<String> output;
  private final Object lock = new Object();
  private long periodStartNanos;
  private long numberInPeriod;

  DebugExporter(Verbosity verbosity, Sampling sampling, Clock clock, Consumer<String> output) {
    this.verbosity = verbosity;
    this.sampling = sampling;
    this.clock = clock;
    this.output = output;
    periodStartNanos = clock.nanoTime();
  }

  @Override
  public Delivery prepare(Batch batch) {
    return timeoutNanos -> {
      if (isSampled()) {
        write(batch);
      }
      return ExportResult.DELIVERED;
    };
  }

  private boolean isSampled() {
    synchronized (lock) {
      long now = clock.nanoTime();
      if (now - periodStartNanos >= PERIOD_NANOS) {
        periodStartNanos = now;
        numberInPeriod = 0;
      }
      return sampling.takes(numberInPeriod++);
    }
  }

  private void write(Batch batch) {
    byte[] bytes = Body.of(batch).toByteArray();
    Fields request = new Fields(bytes, 0, bytes.length);
    output.accept(summary(batch, request));
    String text =
        switch (verbosity) {
          case BASIC -> "";
          case NORMAL -> NormalText.of(batch.signal(), request);
          case DETAILED -> DetailedText.of(batch.signal(), request);
        };
    if (!text.isEmpty()) {
      output.accept(text.stripTrailing());
    }
  }

  private static String summary(Batch batch, Fields request) {
    List<Fields> resources = request.messages(Otlp.ExportRequest.RESOURCE);
    return switch (batch.signal()) {
      case TRACES ->
          "Traces {\"resource spans\": %d, \"spans\": %d}"
              .formatted(resources.size(), batch.items());
      case METRICS ->
          "Metrics {\"resource metrics\": %d, \"metrics\": %d, \"data points\": %d}"
              .formatted(resources.size(), metrics(resources), batch.items());
      case LOGS ->
          "Logs {\"resource logs\": %d, \"log records\": %d}"
              .formatted(resources.size(), batch.items());
    };
  }

  private static int metrics(List<Fields> resources) {
    int metrics = 0;
    for (Fields resource : resources) {
      for (Fields scope : resource.messages(Otlp.ResourceMetrics.SCOPE_METRICS)) {
        metrics += scope.messages(Otlp.ScopeMetrics.METRICS).size();
      }
    }
    return metrics;
  }

  @Override
  public void close() {}
}
