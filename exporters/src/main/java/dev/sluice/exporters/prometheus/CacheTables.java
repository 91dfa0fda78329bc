package dev.sluice.exporters.prometheus;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link SeriesCache} knows, by table, with an estimate of the bytes that it takes. Tables
 * may have others before them, in which everything is looked up first: those never refer to what is
 * only here, so these can be dropped alone. Used by one thread.
 *
 * <p>The estimates are sizes of objects with compact headers, and of slots that are half used.
 */
final class CacheTables {
  private static final int SLOT_BYTES = 12;
  private static final int ARRAY_BYTES = 16;
  private static final int REFERENCE_BYTES = 4;
  private static final int RESOURCE_BYTES = 200;
  private static final int SCOPE_BYTES = 160;
  private static final int METRIC_BYTES = 128;
  private static final int POINT_BYTES = 40 + ARRAY_BYTES + SLOT_BYTES;
  private static final int SYMBOL_BYTES = 32 + ARRAY_BYTES + SLOT_BYTES;
  private static final int LABEL_BYTES = 40 + SLOT_BYTES;
  private static final int SERIES_BYTES = 32 + SLOT_BYTES;
  private static final int SET_BYTES = 32 + ARRAY_BYTES;
  private static final int FAMILY_BYTES = 32 + ARRAY_BYTES;

  final RawTable<ResourceContext> resources;
  final RawTable<ScopeContext> scopes;
  final RawTable<MetricContext> metrics;
  final RawTable<PointContext> points;
  final SeriesTable series = new SeriesTable();
  private final RawTable<Symbol> symbols;
  private final RawTable<Label> labels;
  private final @Nullable CacheTables before;
  private long bytes;

  /**
   * Empty tables.
   *
   * @param seed of all hashes; tables that look up in each other have the same
   * @param before where everything is looked up first, or null
   */
  CacheTables(long seed, @Nullable CacheTables before) {
    this.before = before;
    resources = new RawTable<>(seed);
    scopes = new RawTable<>(seed);
    metrics = new RawTable<>(seed);
    points = new RawTable<>(seed);
    symbols = new RawTable<>(seed);
    labels = new RawTable<>(seed);
  }

  /** An estimate of what is in these tables, in bytes. */
  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return bytes == 0;
  }

  void add(ResourceContext resource) {
    resources.add(resource);
    bytes += RESOURCE_BYTES + 3L * resource.key.length;
  }

  void add(ScopeContext scope) {
    scopes.add(scope);
    bytes += SCOPE_BYTES + 3L * scope.key.length;
  }

  void add(MetricContext metric) {
    metrics.add(metric);
    bytes += METRIC_BYTES + 2L * metric.key.length;
  }

  void add(PointContext point) {
    points.add(point);
    bytes += POINT_BYTES + point.key.length;
  }

  /** Counts a set of labels, which is in no table. */
  void count(LabelSet set) {
    bytes += SET_BYTES + REFERENCE_BYTES * (long) set.size();
  }

  /** Counts a family, which is in no table. */
  void count(Family family) {
    bytes += FAMILY_BYTES + REFERENCE_BYTES * (long) family.members().length;
  }

  Symbol symbol(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int hash = symbols.hash(null, utf8, 0, utf8.length);
    Symbol found = find(utf8, hash);
    return found != null ? found : add(new Symbol(utf8, hash));
  }

  Label label(String name, String value) {
    Symbol left = symbol(name);
    Symbol right = symbol(value);
    Label found = find(left, right.key, (int) Label.hash(left, right));
    return found != null ? found : add(new Label(left, right));
  }

  Series series(LabelSet set, Label name, @Nullable Label member) {
    long hash = set.hash() + name.longHash() + (member == null ? 0 : member.longHash());
    Series made = new Series(set, name, member, (int) (hash ^ hash >>> 32));
    Series found = find(made);
    return found != null ? found : add(made);
  }

  /** Takes over a point of other tables with the same seed, and all that it refers to. */
  void adopt(PointContext point) {
    adopt(point.metric());
    add(point);
    if (point.main != null) {
      adopt(point.main);
      count(point.main.labels);
    }
    Family family = point.family;
    if (family == null) {
      return;
    }
    count(family);
    count(family.count().labels);
    adopt(family.sum());
    adopt(family.count());
    for (Series member : family.members()) {
      adopt(member);
    }
    if (family.infinite() != null) {
      adopt(family.infinite());
    }
  }

  private void adopt(MetricContext metric) {
    if (metrics.holds(metric)) {
      return;
    }
    adopt(metric.scope());
    add(metric);
    adopt(metric.metadata);
  }

  private void adopt(ScopeContext scope) {
    if (scopes.holds(scope)) {
      return;
    }
    ResourceContext resource = scope.resource;
    if (!resources.holds(resource)) {
      add(resource);
      if (resource.targetInfo != null) {
        adopt(resource.targetInfo.series());
        count(resource.targetInfo.series().labels);
        adopt(resource.targetInfo.metadata());
      }
    }
    add(scope);
  }

  private void adopt(Metadata metadata) {
    adopt(metadata.family());
    adopt(metadata.help());
    adopt(metadata.unit());
  }

  private void adopt(Series one) {
    if (series.find(one) != null) {
      return;
    }
    add(one);
    for (int i = 0; i < one.size(); i++) {
      Label label = one.label(i);
      if (!labels.holds(label)) {
        adopt(label.name());
        adopt(label.value());
        add(label);
      }
    }
  }

  private void adopt(Symbol symbol) {
    if (!symbols.holds(symbol)) {
      add(symbol);
    }
  }

  private @Nullable Symbol find(byte[] utf8, int hash) {
    Symbol found = before == null ? null : before.find(utf8, hash);
    return found != null ? found : symbols.find(null, hash, utf8, 0, utf8.length);
  }

  private @Nullable Label find(Symbol name, byte[] value, int hash) {
    Label found = before == null ? null : before.find(name, value, hash);
    return found != null ? found : labels.find(name, hash, value, 0, value.length);
  }

  private @Nullable Series find(Series like) {
    Series found = before == null ? null : before.find(like);
    return found != null ? found : series.find(like);
  }

  private Symbol add(Symbol symbol) {
    symbols.add(symbol);
    bytes += SYMBOL_BYTES + symbol.key.length;
    return symbol;
  }

  private Label add(Label label) {
    labels.add(label);
    bytes += LABEL_BYTES;
    return label;
  }

  private Series add(Series one) {
    series.add(one);
    bytes += SERIES_BYTES;
    return one;
  }
}
