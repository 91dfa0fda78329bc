package dev.sluice.exporters.loki;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import dev.sluice.otlp.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Says where a record goes, from caches keyed by the raw bytes that decide it. Hot path: what was
 * seen before costs a look-up and no allocation. Not thread-safe.
 *
 * <p>The caches are bounded: {@link #trim()}, between batches, empties all of them when one is
 * full.
 */
final class Placements {
  static final int ENTRIES_MAX = 8192;
  private static final long KEY_BYTES_MAX = 16 << 20;

  private final LabelSettings settings;
  private final Limits limits;
  private final @Nullable String tenant;
  private final boolean levels;
  private final byte[][] labelKeys;
  private final MetadataWriter metadata;
  private final AttributePosition at = new AttributePosition();
  private final WireWriter key = new WireWriter(256);
  private final RawCache<ResourcePlan> resources = new RawCache<>(ENTRIES_MAX, KEY_BYTES_MAX);
  private final RawCache<MetadataBlock> scopes = new RawCache<>(ENTRIES_MAX, KEY_BYTES_MAX);
  private final RawCache<Placement> placements = new RawCache<>(ENTRIES_MAX, KEY_BYTES_MAX);
  private final MetadataNames names = new MetadataNames(ENTRIES_MAX, KEY_BYTES_MAX);
  private final RawCache<byte[][]> hints = new RawCache<>(ENTRIES_MAX, KEY_BYTES_MAX);
  private final List<byte[][]> hinted = new ArrayList<>();
  private final Map<String, StreamLabels> streams = new HashMap<>();
  private int plans;

  /**
   * Chooses by these settings.
   *
   * @param tenant for records whose hints name none; null leaves it to the configured headers
   */
  Placements(LabelSettings settings, Limits limits, @Nullable String tenant) {
    this.settings = settings;
    this.limits = limits;
    this.tenant = tenant;
    levels = settings.old().contains(LabelSettings.LEVEL);
    labelKeys = utf8WithParents(labelNames(settings, levels));
    metadata = new MetadataWriter(limits.metadataEntriesMax(), limits.metadataBytesMax());
  }

  private static List<String> labelNames(LabelSettings settings, boolean levels) {
    List<String> names = new ArrayList<>(settings.attributes());
    if (levels) {
      names.add(LabelSettings.LEVEL);
    }
    return names;
  }

  /** Empties the caches when they are full. To be called when no batch is being encoded. */
  void trim() {
    boolean full =
        resources.isFull()
            || scopes.isFull()
            || placements.isFull()
            || hints.isFull()
            || names.isFull()
            || streams.size() >= ENTRIES_MAX;
    if (full) {
      resources.clear();
      scopes.clear();
      placements.clear();
      hints.clear();
      names.clear();
      streams.clear();
    }
  }

  /** How many resources are known. */
  int resourcesKept() {
    return resources.size();
  }

  /** The names that {@link MetadataBlock#nameIds} are numbers of; cleared with the caches. */
  MetadataNames names() {
    return names;
  }

  /** The plan for the {@code Resource} message in {@code source[offset, offset + length)}. */
  ResourcePlan resource(byte[] source, int offset, int length) {
    ResourcePlan known = resources.get(source, offset, length);
    if (known != null) {
      return known;
    }
    ResourcePlan plan = plan(Arrays.copyOfRange(source, offset, offset + length));
    resources.put(source, offset, length, plan);
    return plan;
  }

  /** The metadata of the {@code InstrumentationScope} message in that range. */
  MetadataBlock scope(byte[] source, int offset, int length) {
    MetadataBlock known = scopes.get(source, offset, length);
    if (known != null) {
      return known;
    }
    MetadataBlock block = ScopeMetadata.of(source, offset, length, metadata, names);
    scopes.put(source, offset, length, block);
    return block;
  }

  /** Where a record of a resource goes. */
  Placement place(ResourcePlan plan, LogRecordPositions record) {
    key.reset();
    key.rawVarint(plan.id());
    boolean mixed = levels;
    if (levels) {
      key.rawVarint(record.severityNumber());
    }
    hinted.clear();
    if (plan.recordKeys().length > 0) {
      hinted.add(plan.recordKeys());
    }
    mixed |= keyFixed(record);
    mixed |= !hinted.isEmpty() && keyHinted(record);
    return mixed ? lookUp(plan, record) : plan.placement();
  }

  /** Adds hints and configured attributes to the key, and collects what the hints name. */
  private boolean keyFixed(LogRecordPositions record) {
    boolean mixed = false;
    if (labelKeys.length == 0 && !record.mayHaveHints()) {
      return false;
    }
    byte[] source = record.source();
    for (int i = 0; i < record.attributeCount(); i++) {
      int offset = record.attributeOffset(i);
      int length = record.attributeLength(i);
      at.read(source, offset, length);
      if (Hints.isHint(source, at) && !Hints.isFormat(source, at)) {
        hinted.add(hintedKeys(source, offset, length));
        key.raw(source, offset, length);
        mixed = true;
      } else if (isOneOf(labelKeys, source)) {
        key.raw(source, offset, length);
        mixed = true;
      }
    }
    return mixed;
  }

  /** Adds the attributes that hints name to the key. */
  private boolean keyHinted(LogRecordPositions record) {
    byte[] source = record.source();
    for (int i = 0; i < record.attributeCount(); i++) {
      at.read(source, record.attributeOffset(i), record.attributeLength(i));
      for (int j = 0; j < hinted.size(); j++) {
        if (isOneOf(hinted.get(j), source)) {
          key.raw(source, record.attributeOffset(i), record.attributeLength(i));
        }
      }
    }
    return true;
  }

  private boolean isOneOf(byte[][] keys, byte[] source) {
    for (byte[] candidate : keys) {
      if (at.keyEquals(source, candidate)) {
        return true;
      }
    }
    return false;
  }

  private byte[][] hintedKeys(byte[] source, int offset, int length) {
    byte[][] known = hints.get(source, offset, length);
    if (known == null) {
      known = utf8WithParents(Attribute.of(source, offset, length).names());
      hints.put(source, offset, length, known);
    }
    return known;
  }

  /** The names, and for a dotted one, which may lead into a map, the name of that map. */
  private static byte[][] utf8WithParents(List<String> names) {
    List<byte[]> keys = new ArrayList<>();
    for (String name : names) {
      keys.add(name.getBytes(StandardCharsets.UTF_8));
      int dot = name.indexOf('.');
      if (dot > 0) {
        keys.add(name.substring(0, dot).getBytes(StandardCharsets.UTF_8));
      }
    }
    return keys.toArray(new byte[0][]);
  }

  private Placement lookUp(ResourcePlan plan, LogRecordPositions record) {
    Placement known = placements.get(key.array(), 0, key.size());
    if (known != null) {
      return known;
    }
    Placement chosen = choose(plan, record);
    placements.put(key.array(), 0, key.size(), chosen);
    return chosen;
  }

  private Placement choose(ResourcePlan plan, LogRecordPositions record) {
    List<Attribute> attributes = new ArrayList<>(record.attributeCount());
    for (int i = 0; i < record.attributeCount(); i++) {
      attributes.add(
          Attribute.of(record.source(), record.attributeOffset(i), record.attributeLength(i)));
    }
    return choose(plan.raw(), plan.attributes(), attributes, record.severityNumber());
  }

  private Placement choose(
      byte[] raw, List<Attribute> resource, List<Attribute> record, long severityNumber) {
    LabelChooser chooser = new LabelChooser(settings, limits, resource, record);
    chooser.choose(severityNumber);
    return new Placement(
        stream(chooser.tenant(), chooser.labels()),
        utf8(chooser.resourceKeys()),
        utf8(chooser.recordKeys()),
        resourceMetadata(raw, chooser.resourceKeys()),
        chooser.demoted());
  }

  private static byte[][] utf8(Set<String> keys) {
    return keys.stream().map(key -> key.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
  }

  private @Nullable StreamLabels stream(
      @Nullable Attribute named, SortedMap<String, String> labels) {
    String asked = named == null ? "" : named.text();
    if (!asked.isEmpty() && !TenantName.isValid(asked)) {
      return null;
    }
    String owner = asked.isEmpty() ? tenant : asked;
    String identity = owner + "\n" + StreamLabels.textOf(labels);
    return streams.computeIfAbsent(identity, _ -> new StreamLabels(owner, labels));
  }

  private ResourcePlan plan(byte[] raw) {
    List<Attribute> attributes = ResourcePlan.attributesOf(raw);
    byte[][] recordKeys = utf8WithParents(namedInRecord(attributes));
    return new ResourcePlan(
        plans++,
        raw,
        attributes,
        Hints.format(Attribute.find(attributes, Hints.FORMAT)),
        recordKeys,
        choose(raw, attributes, List.of(), 0));
  }

  /** What the resource's hint of a tenant names, when the resource itself does not have it. */
  private static List<String> namedInRecord(List<Attribute> attributes) {
    Attribute hint = Attribute.find(attributes, Hints.TENANT);
    if (hint == null) {
      return List.of();
    }
    String name = hint.text().strip();
    return Attribute.find(attributes, name) == null ? List.of(name) : List.of();
  }

  private MetadataBlock resourceMetadata(byte[] raw, Set<String> labelled) {
    metadata.begin();
    AttributePosition position = new AttributePosition();
    WireReader reader = new WireReader().reset(raw, 0, raw.length);
    while (reader.next()) {
      if (reader.field() != Otlp.Resource.ATTRIBUTES) {
        reader.skip();
        continue;
      }
      int length = reader.length();
      position.read(raw, reader.position() - length, length);
      String name =
          new String(raw, position.keyOffset(), position.keyLength(), StandardCharsets.UTF_8);
      if (!labelled.contains(name) && !Hints.isHint(name)) {
        metadata.attribute(raw, position);
      }
    }
    return metadata.toBlock(names);
  }
}
