package dev.sluice.exporters.prometheus;

import java.util.Arrays;
import java.util.Objects;

/** A metric of a scope that was seen, by its kind, name, unit and description. */
final class MetricContext extends RawTable.Entry {
  final MetricKind kind;

  /** Whether its points are differences, to be added up. */
  final boolean delta;

  /** The Prometheus name; empty when the metric has none. */
  final String name;

  final Metadata metadata;

  /** Why no point of this metric can be sent; empty when they can. */
  final String problem;

  /** The rule that drops the points when there is a problem. */
  final String rule;

  /** The bounds or quantiles of the point read last, which its other points seldom differ from. */
  private double[] bounds = new double[0];

  /** The batch in which 1.0 metadata was last collected. */
  long batch;

  MetricContext(
      ScopeContext scope,
      byte[] key,
      int hash,
      MetricKind kind,
      boolean delta,
      String name,
      Metadata metadata,
      String rule,
      String problem) {
    super(scope, key, hash);
    this.kind = kind;
    this.delta = delta;
    this.name = name;
    this.metadata = metadata;
    this.rule = rule;
    this.problem = problem;
  }

  ScopeContext scope() {
    return (ScopeContext) Objects.requireNonNull(parent());
  }

  /** An array of the first {@code size} of {@code values}, shared by points that agree in it. */
  double[] sharedBounds(double[] values, int size) {
    if (!Arrays.equals(bounds, 0, bounds.length, values, 0, size)) {
      bounds = Arrays.copyOf(values, size);
    }
    return bounds;
  }
}
