package dev.sluice.meters;

import dev.sluice.otlp.Signal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;

/**
 * The meters of one process. Thread-safe; handles are taken once and kept, so counting allocates
 * nothing.
 */
public final class Meters {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Micrometer holds what it reads counters from weakly: without this they would stand still. */
  private final Queue<DoubleSupplier> counted = new ConcurrentLinkedQueue<>();

  /** Meters without further labels. */
  public Meters() {
    this(Map.of());
  }

  /** Meters of which each carries the labels of the process, as {@code service_name}. */
  public Meters(Map<String, String> processLabels) {
    registry.config().commonTags(tags(processLabels));
  }

  /** The meters of one receiver's transport ({@code grpc}, {@code http}). */
  public ReceiverMeters receiver(String id, String transport) {
    return new ReceiverMeters(this, Tags.of("receiver", id, "transport", transport));
  }

  /** What a receiver has told its senders of, in items, over all of its transports. */
  public record Received(long accepted, long refused, long failed) {}

  /** What one receiver has counted so far of a signal. */
  public Received received(String id, Signal signal) {
    return new Received(
        sum(ReceiverMeters.ACCEPTED + signal.items(), id),
        sum(ReceiverMeters.REFUSED + signal.items(), id),
        sum(ReceiverMeters.FAILED + signal.items(), id));
  }

  private long sum(String name, String receiverId) {
    double sum = 0;
    for (Counter counter : registry.find(name).tag("receiver", receiverId).counters()) {
      sum += counter.count();
    }
    return (long) sum;
  }

  /** The meters of one exporter in one pipeline. */
  public ExporterMeters exporter(String id, String pipeline, Signal signal) {
    return new ExporterMeters(this, id, pipeline, signal);
  }

  /** What one Loki exporter did to fit Loki's limits. */
  public LokiMeters loki(String id) {
    return new LokiMeters(this, id);
  }

  /** The further meters of one remote write exporter. */
  public RemoteWriteMeters remoteWrite(String id) {
    return new RemoteWriteMeters(this, id);
  }

  /** A gauge read at each scrape. */
  public void gauge(String name, Map<String, String> labels, DoubleSupplier value) {
    Gauge.builder(name, value::getAsDouble).tags(tags(labels)).register(registry);
  }

  /** A counter read at each scrape; {@code value} never falls. */
  public void counter(String name, Map<String, String> labels, DoubleSupplier value) {
    counted.add(value);
    FunctionCounter.builder(name, value, DoubleSupplier::getAsDouble)
        .tags(tags(labels))
        .register(registry);
  }

  private static Tags tags(Map<String, String> labels) {
    Tags tags = Tags.empty();
    for (Map.Entry<String, String> label : labels.entrySet()) {
      tags = tags.and(label.getKey(), label.getValue());
    }
    return tags;
  }

  /**
   * A histogram of sizes, with a bucket for each power of ten from {@code least} to {@code most}.
   */
  DistributionSummary sizes(String name, Tags tags, long least, long most) {
    double[] buckets =
        LongStream.iterate(least, bucket -> bucket <= most, bucket -> bucket * 10)
            .asDoubleStream()
            .toArray();
    return DistributionSummary.builder(name)
        .tags(tags)
        .serviceLevelObjectives(buckets)
        .register(registry);
  }

  Counter counter(String name, Tags tags) {
    return Counter.builder(name).tags(tags).register(registry);
  }

  Map<Signal, Counter> counters(String prefix, Tags tags) {
    Map<Signal, Counter> counters = new EnumMap<>(Signal.class);
    for (Signal signal : Signal.values()) {
      counters.put(signal, counter(prefix + signal.items(), tags));
    }
    return counters;
  }

  /**
   * The text that {@code /metrics} answers, in the Prometheus format.
   *
   * @param typeSuffix whether the names of counters end in {@code _total}; the Collector's do not,
   *     unless its readers are written by hand
   */
  public String scrape(boolean typeSuffix) {
    String text = registry.scrape();
    return typeSuffix ? text : TypeSuffix.strip(text);
  }
}
