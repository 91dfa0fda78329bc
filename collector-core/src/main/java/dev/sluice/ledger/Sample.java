package dev.sluice.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that is followed through one pipeline. Its fields are guarded by its {@link
 * SampleShelf}.
 */
final class Sample {
  private static final int BYTES = 360;

  final long sequence;
  final String receiver;
  final int items;
  final long acceptedNanos;
  final List<Step> steps = new ArrayList<>(1);
  List<Subjects> subjects = List.of();

  /** What one exporter did with the batch that the request was in. */
  static final class Step {
    final String exporter;
    final int batchItems;
    final long batchRequests;
    final long takenNanos;
    int failures;
    long failedNanos;
    String failure = "";
    long delivered;
    long deliveredNanos;
    boolean finished;

    Step(String exporter, int batchItems, long batchRequests, long takenNanos) {
      this.exporter = exporter;
      this.batchItems = batchItems;
      this.batchRequests = batchRequests;
      this.takenNanos = takenNanos;
    }
  }

  Sample(long sequence, String receiver, int items, long acceptedNanos) {
    this.sequence = sequence;
    this.receiver = receiver;
    this.items = items;
    this.acceptedNanos = acceptedNanos;
  }

  /** What it takes in memory, about. */
  long bytes() {
    long bytes = BYTES;
    for (Subjects some : subjects) {
      bytes += some.bytes();
    }
    return bytes;
  }

  /** The first subject that is what is asked about, or null. */
  @Nullable Subject about(Question question) {
    for (Subjects some : subjects) {
      Subject found = some.signal() == question.signal() ? question.first(some) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
