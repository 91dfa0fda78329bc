package dev.sluice.exporters.prometheus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the series of a data point from its labels. Not on the hot path. */
final class FamilyBuilder {
  private static final String NAME = "__name__";

  private FamilyBuilder() {}

  /**
   * The series of a classic histogram or of a summary. Those with {@code le} or {@code quantile}
   * have it in place of an attribute of that name.
   */
  static Family build(
      CacheTables into, Map<String, String> labels, MetricContext metric, double[] bounds) {
    boolean histogram = metric.kind == MetricKind.HISTOGRAM;
    String key = histogram ? "le" : "quantile";
    LabelSet plain = set(into, labels, key);
    into.count(plain);
    Series sum = into.series(plain, into.label(NAME, metric.name + "_sum"), null);
    Series count = into.series(plain, into.label(NAME, metric.name + "_count"), null);
    LabelSet shared = plain;
    if (labels.remove(key) != null) {
      shared = set(into, labels, key);
      into.count(shared);
    }
    Label name = into.label(NAME, histogram ? metric.name + "_bucket" : metric.name);
    Series[] members = new Series[bounds.length];
    for (int i = 0; i < bounds.length; i++) {
      members[i] = into.series(shared, name, into.label(key, GoFloat.plain(bounds[i])));
    }
    Series infinite = histogram ? into.series(shared, name, into.label(key, "+Inf")) : null;
    Family family = new Family(sum, count, infinite, bounds, members);
    into.count(family);
    return family;
  }

  /**
   * Labels but for the name, which is not theirs to give.
   *
   * @param labels sorted by name
   * @param member the name of a label that some of the series have beside these
   */
  static LabelSet set(CacheTables into, Map<String, String> labels, String member) {
    List<Label> made = new ArrayList<>(labels.size());
    int nameAt = 0;
    int memberAt = 0;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      String name = label.getKey();
      if (name.equals(NAME)) {
        continue;
      }
      made.add(into.label(name, label.getValue()));
      nameAt += AttributeText.compareUtf8(name, NAME) < 0 ? 1 : 0;
      memberAt += AttributeText.compareUtf8(name, member) < 0 ? 1 : 0;
    }
    return new LabelSet(made.toArray(new Label[0]), nameAt, memberAt);
  }
}
