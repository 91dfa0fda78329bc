package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The label sets that were made, found again by the raw bytes they were made of: resource, scope,
 * metric, attributes, level by level. Hot path: finding allocates nothing. Used by one thread.
 *
 * <p>Bounded by estimated bytes: when they pass the limit, {@link #trim} forgets everything between
 * two batches and it is made anew, which costs time and never correctness.
 */
final class SeriesCache {
  private static final Logger LOG = LoggerFactory.getLogger(SeriesCache.class);

  /** Who is full again after so few batches is too small. */
  private static final int BATCHES_FEW = 10;

  private static final int ENTRY_BYTES = 96;
  private static final int SERIES_BYTES = 160;

  private final EncoderSettings settings;
  private final LabelSets labelSets;
  private final MetricNamer namer;
  private final long seed = ThreadLocalRandom.current().nextLong();
  private final WireWriter scratch = new WireWriter(1024);
  private final WireWriter metricKey = new WireWriter(256);

  private RawTable<ResourceContext> resources = new RawTable<>(seed);
  private RawTable<ScopeContext> scopes = new RawTable<>(seed);
  private RawTable<MetricContext> metrics = new RawTable<>(seed);
  private RawTable<PointContext> points = new RawTable<>(seed);
  private RawTable<Series> series = new RawTable<>(seed);
  private RawTable<Symbol> symbols = new RawTable<>(seed);
  private long bytes;
  private int batches;
  private boolean warned;

  SeriesCache(EncoderSettings settings) {
    this.settings = settings;
    this.labelSets = new LabelSets(settings);
    this.namer = new MetricNamer(settings.namespace(), settings.strategy());
  }

  /** Forgets everything when the limit is passed. Only between batches. */
  void trim() {
    batches++;
    if (bytes <= settings.cacheBytesMax()) {
      return;
    }
    if (batches < BATCHES_FEW && !warned) {
      warned = true;
      LOG.warn(
          "more series are in use than series_cache_mib has room for ({}); translating is slower",
          series.size());
    }
    batches = 0;
    resources = new RawTable<>(seed);
    scopes = new RawTable<>(seed);
    metrics = new RawTable<>(seed);
    points = new RawTable<>(seed);
    series = new RawTable<>(seed);
    symbols = new RawTable<>(seed);
    bytes = 0;
  }

  /** How many series are kept. */
  int seriesCount() {
    return series.size();
  }

  ResourceContext resource(Slice slice) {
    int hash = resources.hash(null, slice.array(), slice.offset(), slice.length());
    ResourceContext found =
        resources.find(null, hash, slice.array(), slice.offset(), slice.length());
    if (found != null) {
      return found;
    }
    ResourceContext made = labelSets.resource(slice.toByteArray(), hash);
    SortedMap<String, String> target = settings.targetInfo() ? labelSets.ofTarget(made) : null;
    if (target != null) {
      String namespace = settings.namespace();
      String name = namespace.isEmpty() ? "target_info" : namespace + "_target_info";
      made.targetInfo =
          series(target, name, metadata(MetricKind.GAUGE, name, "Target metadata", ""));
    }
    resources.add(made);
    bytes += ENTRY_BYTES + 2L * slice.length();
    return made;
  }

  ScopeContext scope(ResourceContext resource, Slice slice) {
    int hash = scopes.hash(resource, slice.array(), slice.offset(), slice.length());
    ScopeContext found = scopes.find(resource, hash, slice.array(), slice.offset(), slice.length());
    if (found != null) {
      return found;
    }
    ScopeContext made = labelSets.scope(resource, slice.toByteArray(), hash);
    scopes.add(made);
    bytes += ENTRY_BYTES + 2L * slice.length();
    return made;
  }

  MetricContext metric(ScopeContext scope, MetricHeader header) {
    WireWriter key = header.writeKey(metricKey.reset());
    int hash = metrics.hash(scope, key.array(), 0, key.size());
    MetricContext found = metrics.find(scope, hash, key.array(), 0, key.size());
    if (found != null) {
      return found;
    }
    MetricContext made = metric(scope, header, key.toByteArray(), hash);
    metrics.add(made);
    bytes += ENTRY_BYTES + key.size();
    return made;
  }

  PointContext point(MetricContext metric, Slice attributes) {
    int hash = points.hash(metric, attributes.array(), attributes.offset(), attributes.length());
    PointContext found =
        points.find(metric, hash, attributes.array(), attributes.offset(), attributes.length());
    if (found != null) {
      return found;
    }
    PointContext made = new PointContext(metric, attributes.toByteArray(), hash);
    points.add(made);
    bytes += ENTRY_BYTES + attributes.length();
    return made;
  }

  /** The series named as the metric, or null when the attributes give no labels. */
  @Nullable Series main(PointContext point) {
    if (point.main != null || point.unusable) {
      return point.main;
    }
    SortedMap<String, String> labels = labelSets.ofPoint(point);
    if (labels == null) {
      point.unusable = true;
      return null;
    }
    point.main = series(labels, point.metric.name, point.metric.metadata);
    return point.main;
  }

  /** The series of a histogram or summary, or null when the attributes give no labels. */
  @Nullable Family family(PointContext point, double[] bounds, int size) {
    Family known = point.family;
    if (point.unusable || (known != null && known.hasBounds(bounds, size))) {
      return known;
    }
    SortedMap<String, String> labels = labelSets.ofPoint(point);
    if (labels == null) {
      point.unusable = true;
      return null;
    }
    point.family = family(labels, point.metric, Arrays.copyOf(bounds, size));
    bytes += ENTRY_BYTES + 16L * size;
    return point.family;
  }

  Symbol symbol(byte[] utf8) {
    int hash = symbols.hash(null, utf8, 0, utf8.length);
    Symbol found = symbols.find(null, hash, utf8, 0, utf8.length);
    if (found != null) {
      return found;
    }
    Symbol made = new Symbol(utf8, hash);
    symbols.add(made);
    bytes += ENTRY_BYTES + utf8.length;
    return made;
  }

  private MetricContext metric(ScopeContext scope, MetricHeader header, byte[] key, int hash) {
    MetricKind kind = header.kind();
    String otlpName = header.name();
    String unit = header.unit();
    String name = namer.build(otlpName, unit, kind);
    String family = name == null ? "" : name;
    Metadata metadata = metadata(kind, family, header.description(), Units.metadata(unit));
    boolean delta = header.isDelta();
    String rule = "unsupported_metric";
    String problem = "";
    if (name == null) {
      problem = "metric " + otlpName + " has no usable name";
    } else if (header.isWithoutTemporality()) {
      problem = "metric " + otlpName + " has no aggregation temporality";
    } else if (delta && !settings.delta().cumulative()) {
      rule = "delta_temporality";
      problem = "metric " + otlpName + " is delta, and delta_temporality::mode is drop";
    }
    return new MetricContext(scope, key, hash, kind, delta, family, metadata, rule, problem);
  }

  private Family family(SortedMap<String, String> labels, MetricContext metric, double[] bounds) {
    boolean histogram = metric.kind == MetricKind.HISTOGRAM;
    Metadata metadata = metric.metadata;
    Series sum = series(labels, metric.name + "_sum", metadata);
    Series count = series(labels, metric.name + "_count", metadata);
    String name = histogram ? metric.name + "_bucket" : metric.name;
    String label = histogram ? "le" : "quantile";
    Series[] members = new Series[bounds.length];
    for (int i = 0; i < bounds.length; i++) {
      labels.put(label, GoFloat.plain(bounds[i]));
      members[i] = series(labels, name, metadata);
    }
    labels.put("le", "+Inf");
    Series infinite = histogram ? series(labels, name, metadata) : null;
    return new Family(sum, count, infinite, bounds, members);
  }

  private Metadata metadata(MetricKind kind, String family, String help, String unit) {
    return new Metadata(kind, symbol(family), symbol(help), symbol(unit));
  }

  private Series series(SortedMap<String, String> labels, String name, Metadata metadata) {
    labels.put("__name__", name);
    byte[] block = block(labels);
    int hash = series.hash(null, block, 0, block.length);
    Series found = series.find(null, hash, block, 0, block.length);
    if (found != null) {
      return found;
    }
    Symbol[] pairs = new Symbol[2 * labels.size()];
    int size = 0;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      pairs[size++] = symbol(label.getKey());
      pairs[size++] = symbol(label.getValue());
    }
    Series made = new Series(block, hash, pairs, metadata);
    series.add(made);
    bytes += SERIES_BYTES + block.length + 8L * size;
    return made;
  }

  private Symbol symbol(String text) {
    return symbol(text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] block(SortedMap<String, String> labels) {
    scratch.reset();
    for (Map.Entry<String, String> label : labels.entrySet()) {
      int mark = scratch.begin(RemoteWrite.V1_SERIES_LABELS);
      scratch.string(RemoteWrite.LABEL_NAME, label.getKey());
      scratch.string(RemoteWrite.LABEL_VALUE, label.getValue());
      scratch.end(mark);
    }
    return scratch.toByteArray();
  }
}
