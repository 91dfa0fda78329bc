package dev.sluice.exporters.prometheus;

import dev.sluice.pipeline.Loss;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The data points of one batch that will not reach the backend, each counted once, by rule and
 * reason. Reused for one batch after the other; used by one thread.
 */
final class Losses {
  /** Reasons told apart; those of further points are told as the last. */
  private static final int REASONS_MAX = 32;

  private static final String FURTHER = "for further reasons";

  private final Map<Cause, BitSet> points = new LinkedHashMap<>();
  private final BitSet lost = new BitSet();
  private int untold;
  private String untoldReason = "";

  private record Cause(Loss.Kind kind, String rule, String reason) {}

  void reset() {
    points.clear();
    lost.clear();
    untold = 0;
    untoldReason = "";
  }

  /** A rule of ours drops a point. */
  void dropped(String rule, int point, String reason) {
    add(new Cause(Loss.Kind.DROPPED, rule, reason), point);
  }

  /** The backend refused a sample of a point; harmless for a sample that belongs to none. */
  void rejected(int point, String reason) {
    add(new Cause(Loss.Kind.REJECTED, "rejected_by_backend", reason), point);
  }

  /** The backend refused samples of so many points, and did not tell of which. */
  void rejectedSome(int count, String reason) {
    untold += count;
    untoldReason = reason;
  }

  /** Whether a point is counted as lost. */
  boolean isLost(int point) {
    return point >= 0 && lost.get(point);
  }

  /** How many points are lost, at most {@code items}. */
  int count() {
    return lost.cardinality() + untold;
  }

  /** What is lost, of a batch of {@code items} points. */
  List<Loss> list(int items) {
    List<Loss> losses = new ArrayList<>();
    for (Map.Entry<Cause, BitSet> entry : points.entrySet()) {
      Cause cause = entry.getKey();
      BitSet ordinals = (BitSet) entry.getValue().clone();
      int count = ordinals.cardinality();
      losses.add(
          cause.kind == Loss.Kind.DROPPED
              ? Loss.dropped(cause.rule, count, ordinals, cause.reason)
              : Loss.rejected(count, ordinals, cause.reason));
    }
    int rest = Math.min(untold, items - lost.cardinality());
    if (rest > 0) {
      losses.add(Loss.rejected(rest, null, untoldReason));
    }
    return losses;
  }

  private void add(Cause cause, int point) {
    if (point < 0 || lost.get(point)) {
      return;
    }
    lost.set(point);
    Cause known =
        points.size() < REASONS_MAX || points.containsKey(cause)
            ? cause
            : new Cause(cause.kind, cause.rule, FURTHER);
    points.computeIfAbsent(known, _ -> new BitSet()).set(point);
  }
}
