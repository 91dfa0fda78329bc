package dev.sluice.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** An exporter that answers as the test says and remembers what it was given. Thread-safe. */
final class ScriptedExporter implements Exporter {
  final List<String> delivered = Collections.synchronizedList(new ArrayList<>());
  final List<Integer> batchSizes = Collections.synchronizedList(new ArrayList<>());
  volatile Function<List<String>, ExportResult> answer = bodies -> ExportResult.DELIVERED;
  volatile int attempts;
  volatile boolean closed;

  @Override
  public Delivery prepare(Batch batch) {
    List<String> bodies = Samples.bodies(batch.parts());
    return timeoutNanos -> attempt(bodies);
  }

  private synchronized ExportResult attempt(List<String> bodies) {
    attempts++;
    ExportResult result = answer.apply(bodies);
    if (result instanceof ExportResult.Delivered) {
      delivered.addAll(bodies);
      batchSizes.add(bodies.size());
    }
    return result;
  }

  @Override
  public void close() {
    closed = true;
  }
}
