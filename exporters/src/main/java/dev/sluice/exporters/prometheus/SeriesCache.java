package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.WireWriter;
import dev.sluice.pipeline.Clock;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The label sets that were made, found again by the raw bytes they were made of: resource, scope,
 * metric, attributes, level by level. Hot path, measured by {@code RemoteWriteBenchmark}: finding
 * allocates nothing. Used by one thread.
 *
 * <p>Bounded by estimated bytes. What finds no room is made anew for each batch and forgotten after
 * it, which costs time and never correctness; what is known stays known, so that the cost of a
 * point grows with the share of series that have no room and does not jump. Series come round in
 * turn: to make room for each newcomer would forget each one just before it comes again. Room comes
 * from points that were idle for {@value #IDLE_SECONDS} s, which {@link #trim} looks for at most
 * once in {@value #SWEEP_SECONDS} s, when there is none.
 */
final class SeriesCache {
  private static final Logger LOG = LoggerFactory.getLogger(SeriesCache.class);

  private static final int IDLE_SECONDS = 300;
  private static final int SWEEP_SECONDS = 60;

  /**
   * What the last thing that found room may take beyond it; after a larger one all is forgotten.
   */
  private static final long OVERSHOOT_BYTES_MAX = 1 << 20;

  /** A sweep that frees less than this share is not worth another one soon. */
  private static final int FREED_SHARE_MIN = 8;

  private final EncoderSettings settings;
  private final LabelSets labelSets;
  private final MetricNamer namer;
  private final Clock clock;
  private final long startNanos;
  private final long seed = ThreadLocalRandom.current().nextLong();
  private final WireWriter metricKey = new WireWriter(256);

  private CacheTables kept = new CacheTables(seed, null);

  /** What found no room, until the end of the batch. */
  private CacheTables passing = new CacheTables(seed, kept);

  private int nowSeconds;
  private int sweepSeconds;
  private boolean warned;

  SeriesCache(EncoderSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.startNanos = clock.nanoTime();
    this.labelSets = new LabelSets(settings);
    this.namer = new MetricNamer(settings.namespace(), settings.strategy());
  }

  /** Forgets what found no room, and looks for some. Only between batches. */
  void trim() {
    nowSeconds = (int) TimeUnit.NANOSECONDS.toSeconds(clock.nanoTime() - startNanos);
    if (kept.bytes() > settings.cacheBytesMax() + OVERSHOOT_BYTES_MAX) {
      kept = new CacheTables(seed, null);
      passing = new CacheTables(seed, kept);
    } else if (isFull() && nowSeconds >= sweepSeconds) {
      sweep();
    }
    if (!passing.isEmpty()) {
      passing = new CacheTables(seed, kept);
    }
  }

  /** How many series are kept. */
  int seriesCount() {
    return kept.series.size();
  }

  /** An estimate of what is kept, in bytes. */
  long bytes() {
    return kept.bytes();
  }

  ResourceContext resource(Slice slice) {
    int hash = kept.resources.hash(null, slice.array(), slice.offset(), slice.length());
    ResourceContext found =
        kept.resources.find(null, hash, slice.array(), slice.offset(), slice.length());
    if (found == null && !passing.isEmpty()) {
      found = passing.resources.find(null, hash, slice.array(), slice.offset(), slice.length());
    }
    return found != null ? found : makeResource(slice, hash);
  }

  ScopeContext scope(ResourceContext resource, Slice slice) {
    int hash = kept.scopes.hash(resource, slice.array(), slice.offset(), slice.length());
    ScopeContext found =
        kept.scopes.find(resource, hash, slice.array(), slice.offset(), slice.length());
    if (found == null && !passing.isEmpty()) {
      found = passing.scopes.find(resource, hash, slice.array(), slice.offset(), slice.length());
    }
    if (found != null) {
      return found;
    }
    ScopeContext made = labelSets.scope(resource, slice.toByteArray(), hash);
    room().add(made);
    return made;
  }

  MetricContext metric(ScopeContext scope, MetricHeader header) {
    WireWriter key = header.writeKey(metricKey.reset());
    int hash = kept.metrics.hash(scope, key.array(), 0, key.size());
    MetricContext found = kept.metrics.find(scope, hash, key.array(), 0, key.size());
    if (found == null && !passing.isEmpty()) {
      found = passing.metrics.find(scope, hash, key.array(), 0, key.size());
    }
    return found != null ? found : makeMetric(scope, header, key.toByteArray(), hash);
  }

  PointContext point(MetricContext metric, Slice attributes) {
    byte[] array = attributes.array();
    int offset = attributes.offset();
    int length = attributes.length();
    int hash = kept.points.hash(metric, array, offset, length);
    PointContext found = kept.points.find(metric, hash, array, offset, length);
    if (found == null && !passing.isEmpty()) {
      found = passing.points.find(metric, hash, array, offset, length);
    }
    if (found == null) {
      CacheTables into = room();
      found = new PointContext(metric, attributes.toByteArray(), hash, into == kept);
      into.add(found);
    }
    found.usedSeconds = nowSeconds;
    return found;
  }

  /** The series named as the metric, or null when the attributes give no labels. */
  @Nullable Series main(PointContext point) {
    if (point.main != null || point.unusable) {
      return point.main;
    }
    SortedMap<String, String> labels = labels(point);
    if (labels == null) {
      return null;
    }
    CacheTables into = room();
    Series made = single(into, labels, point.metric().name);
    if (isFor(point, into)) {
      point.main = made;
    }
    return made;
  }

  /** The series of a histogram or summary, or null when the attributes give no labels. */
  @Nullable Family family(PointContext point, double[] bounds, int size) {
    Family known = point.family;
    if (point.unusable || (known != null && known.hasBounds(bounds, size))) {
      return known;
    }
    SortedMap<String, String> labels = labels(point);
    if (labels == null) {
      return null;
    }
    CacheTables into = room();
    double[] shared = point.metric().sharedBounds(bounds, size);
    Family made = FamilyBuilder.build(into, labels, point.metric(), shared);
    if (isFor(point, into)) {
      point.family = made;
    }
    return made;
  }

  private @Nullable SortedMap<String, String> labels(PointContext point) {
    SortedMap<String, String> labels = labelSets.ofPoint(point);
    point.unusable = labels == null;
    return labels;
  }

  /** Whether a point may refer to what is in {@code into}: it must not outlive that. */
  private boolean isFor(PointContext point, CacheTables into) {
    return into == kept || !point.kept;
  }

  private boolean isFull() {
    return kept.bytes() >= settings.cacheBytesMax();
  }

  /** Where something new goes. In one batch, what is made of a passing thing is passing, too. */
  private CacheTables room() {
    return isFull() ? passing : kept;
  }

  /** Keeps the points that are in use, with all that they refer to, and forgets the rest. */
  private void sweep() {
    long before = kept.bytes();
    CacheTables used = new CacheTables(seed, null);
    adoptUsed(used);
    kept = used;
    passing = new CacheTables(seed, used);
    boolean worth = before - used.bytes() >= before / FREED_SHARE_MIN;
    sweepSeconds = nowSeconds + (worth ? SWEEP_SECONDS : IDLE_SECONDS);
    if (isFull() && !warned) {
      warned = true;
      LOG.warn(
          "more series are in use than series_cache_mib has room for ({}); translating is slower",
          seriesCount());
    }
  }

  /** Puts the points that are in use, with all that they refer to, in {@code tables} too. */
  void adoptUsed(CacheTables tables) {
    kept.points.forEach(point -> {
      if (nowSeconds - point.usedSeconds < IDLE_SECONDS) {
        tables.adopt(point);
      }
    });
  }

  private ResourceContext makeResource(Slice slice, int hash) {
    CacheTables into = room();
    ResourceContext made = labelSets.resource(slice.toByteArray(), hash);
    into.add(made);
    SortedMap<String, String> labels = settings.targetInfo() ? labelSets.ofTarget(made) : null;
    if (labels != null) {
      String namespace = settings.namespace();
      String name = namespace.isEmpty() ? "target_info" : namespace + "_target_info";
      Metadata metadata = metadata(into, MetricKind.GAUGE, name, "Target metadata", "");
      made.targetInfo = new TargetInfo(single(into, labels, name), metadata);
    }
    return made;
  }

  private MetricContext makeMetric(ScopeContext scope, MetricHeader header, byte[] key, int hash) {
    CacheTables into = room();
    MetricKind kind = header.kind();
    String otlpName = header.name();
    String unit = header.unit();
    String name = namer.build(otlpName, unit, kind);
    String family = name == null ? "" : name;
    Metadata metadata = metadata(into, kind, family, header.description(), Units.metadata(unit));
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
    MetricContext made =
        new MetricContext(scope, key, hash, kind, delta, family, metadata, rule, problem);
    into.add(made);
    return made;
  }

  private static Series single(CacheTables into, Map<String, String> labels, String name) {
    LabelSet set = FamilyBuilder.set(into, labels, "");
    into.count(set);
    return into.series(set, into.label("__name__", name), null);
  }

  private static Metadata metadata(
      CacheTables into, MetricKind kind, String family, String help, String unit) {
    return new Metadata(kind, into.symbol(family), into.symbol(help), into.symbol(unit));
  }
}
