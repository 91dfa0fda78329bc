package dev.sluice.ledger;

import dev.sluice.pipeline.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sampled requests of one pipeline by their sequence, the newest that fit. Thread-safe: told
 * under the ring's lock, asked by others, so every method is short.
 */
final class SampleShelf {
  private final String pipeline;
  private final long bytesMax;
  private final TreeMap<Long, Sample> samples = new TreeMap<>();
  private final TreeSet<String> exporters = new TreeSet<>();
  private final AtomicLong last = new AtomicLong(-1);
  private long bytes;
  private long firstKept;
  private long sinceNanos;

  /** An empty one, which is complete from now on. */
  SampleShelf(String pipeline, long bytesMax, long nowNanos) {
    this.pipeline = pipeline;
    this.bytesMax = bytesMax;
    sinceNanos = nowNanos;
  }

  String pipeline() {
    return pipeline;
  }

  synchronized void addExporter(String exporter) {
    exporters.add(exporter);
  }

  /** A request came, sampled or not; told by one thread at a time. */
  void passed(long sequence) {
    last.lazySet(sequence);
  }

  /** A request is followed from now on; what it is about comes later. */
  synchronized void add(Sample sample) {
    samples.put(sample.sequence, sample);
    bytes += sample.bytes();
    dropOldest();
  }

  /** A request is not followed after all. */
  synchronized void remove(Sample sample) {
    if (samples.remove(sample.sequence) != null) {
      bytes -= sample.bytes();
    }
  }

  /** What a request is about, unless it is forgotten already. */
  synchronized void describe(Sample sample, List<Subjects> subjects) {
    if (samples.containsKey(sample.sequence)) {
      bytes -= sample.bytes();
      sample.subjects = subjects;
      bytes += sample.bytes();
      dropOldest();
    }
  }

  private void dropOldest() {
    while (bytes > bytesMax && samples.size() > 1) {
      Sample oldest = samples.pollFirstEntry().getValue();
      bytes -= oldest.bytes();
      firstKept = oldest.sequence + 1;
      sinceNanos = samples.firstEntry().getValue().acceptedNanos;
    }
  }

  /** Whether one of {@code [from, to)} is followed. */
  synchronized boolean has(long from, long to) {
    Long sequence = samples.ceilingKey(from);
    return sequence != null && sequence < to;
  }

  synchronized void taken(long from, long to, String exporter, Batch batch, long nowNanos) {
    for (Sample sample : samples.subMap(from, to).values()) {
      sample.steps.add(new Sample.Step(exporter, batch.items(), to - from, nowNanos));
    }
  }

  synchronized void failed(long from, long to, String exporter, String reason, long nowNanos) {
    for (Sample.Step step : steps(from, to, exporter)) {
      step.failures++;
      step.failure = reason;
      step.failedNanos = nowNanos;
    }
  }

  synchronized void delivered(long from, long to, String exporter, int items, long nowNanos) {
    for (Sample.Step step : steps(from, to, exporter)) {
      step.delivered += items;
      step.deliveredNanos = nowNanos;
    }
  }

  synchronized void finished(long from, long to, String exporter) {
    for (Sample.Step step : steps(from, to, exporter)) {
      step.finished = true;
    }
  }

  private List<Sample.Step> steps(long from, long to, String exporter) {
    List<Sample.Step> steps = new ArrayList<>();
    for (Sample sample : samples.subMap(from, to).values()) {
      for (Sample.Step step : sample.steps) {
        if (step.exporter.equals(exporter) && !step.finished) {
          steps.add(step);
        }
      }
    }
    return steps;
  }

  /** The ways of the requests that the question is about, oldest first. */
  List<Journey> find(Question question) {
    List<Sample> candidates;
    synchronized (this) {
      candidates = List.copyOf(samples.values());
    }
    List<Sample> found =
        candidates.stream().filter(sample -> sample.about(question) != null).toList();
    synchronized (this) {
      return found.stream()
          .map(sample -> Journey.of(pipeline, sample, question, exporters))
          .toList();
    }
  }

  /** How many requests are followed, of how many that came since the oldest of them. */
  synchronized Coverage coverage() {
    return new Coverage(pipeline, samples.size(), last.get() + 1 - firstKept, sinceNanos);
  }
}
