package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes label sets of attributes, resources and scopes, in the order of precedence of the
 * Collector's exporter: name and {@code le}, scope, external where absent, job and instance,
 * attributes. Immutable. Not on the hot path: label sets are kept in the {@link SeriesCache}.
 */
final class LabelSets {
  private static final Comparator<String> BY_UTF8 = AttributeText::compareUtf8;
  private static final String SERVICE_NAME = "service.name";
  private static final String SERVICE_NAMESPACE = "service.namespace";
  private static final String SERVICE_INSTANCE_ID = "service.instance.id";
  private static final Set<String> IDENTIFYING =
      Set.of(SERVICE_NAME, SERVICE_NAMESPACE, SERVICE_INSTANCE_ID);

  private final EncoderSettings settings;
  private final LabelNamer namer;

  LabelSets(EncoderSettings settings) {
    this.settings = settings;
    this.namer = new LabelNamer(settings.strategy());
  }

  /** An attribute with its value as text. */
  record Attribute(String key, String value) {}

  /** The labels of a point but for its name, or null when an attribute gives no label name. */
  @Nullable SortedMap<String, String> ofPoint(PointContext point) {
    ScopeContext scope = point.metric().scope();
    ResourceContext resource = scope.resource;
    List<Attribute> attributes = new ArrayList<>();
    WireReader reader = new WireReader().reset(point.key, 0, point.key.length);
    while (reader.next()) {
      attributes.add(attribute(reader));
    }
    SortedMap<String, String> labels = merged(overridden(attributes, resource.constants));
    if (labels == null) {
      return null;
    }
    identify(labels, resource);
    for (Attribute label : scope.labels) {
      String name = namer.build(label.key);
      if (name == null) {
        return null;
      }
      labels.put(name, label.value);
    }
    return labels;
  }

  /** The labels of {@code target_info} but for its name, or null when the resource gives none. */
  @Nullable SortedMap<String, String> ofTarget(ResourceContext resource) {
    List<Attribute> rest = new ArrayList<>(attributes(resource.key, Otlp.Resource.ATTRIBUTES));
    rest.removeIf(attribute -> IDENTIFYING.contains(attribute.key));
    SortedMap<String, String> labels = rest.isEmpty() ? null : merged(rest);
    if (labels == null) {
      return null;
    }
    identify(labels, resource);
    return labels.containsKey("job") || labels.containsKey("instance") ? labels : null;
  }

  ResourceContext resource(byte[] bytes, int hash) {
    List<Attribute> attributes = attributes(bytes, Otlp.Resource.ATTRIBUTES);
    List<Attribute> constants = new ArrayList<>();
    for (Attribute attribute : attributes) {
      if (settings.constants().selects(attribute.key)) {
        constants.add(attribute);
      }
    }
    String name = value(attributes, SERVICE_NAME);
    String namespace = value(attributes, SERVICE_NAMESPACE);
    String instance = value(attributes, SERVICE_INSTANCE_ID);
    String job = name == null ? "" : namespace == null ? name : namespace + "/" + name;
    return new ResourceContext(bytes, hash, constants, job, instance == null ? "" : instance);
  }

  ScopeContext scope(ResourceContext resource, byte[] bytes, int hash) {
    List<Attribute> labels = new ArrayList<>();
    WireReader reader = new WireReader().reset(bytes, 0, bytes.length);
    while (settings.scopeInfo() && reader.next()) {
      switch (reader.field()) {
        case Otlp.InstrumentationScope.NAME -> add(labels, "otel_scope_name", reader.string());
        case Otlp.InstrumentationScope.VERSION ->
            add(labels, "otel_scope_version", reader.string());
        case Otlp.InstrumentationScope.ATTRIBUTES -> {
          Attribute attribute = attribute(reader);
          add(labels, "otel_scope_" + attribute.key, attribute.value);
        }
        default -> reader.skip();
      }
    }
    return new ScopeContext(resource, bytes, hash, labels);
  }

  /** Reads the current field as a {@code KeyValue}. */
  static Attribute attribute(WireReader holder) {
    WireReader keyValue = holder.enter(new WireReader());
    String key = "";
    String value = "";
    while (keyValue.next()) {
      switch (keyValue.field()) {
        case Otlp.KeyValue.KEY -> key = keyValue.string();
        case Otlp.KeyValue.VALUE -> value = AttributeText.entered(keyValue);
        default -> keyValue.skip();
      }
    }
    return new Attribute(key, value);
  }

  private static List<Attribute> attributes(byte[] message, int field) {
    List<Attribute> attributes = new ArrayList<>();
    WireReader reader = new WireReader().reset(message, 0, message.length);
    while (reader.next()) {
      if (reader.field() == field) {
        attributes.add(attribute(reader));
      } else {
        reader.skip();
      }
    }
    return attributes;
  }

  private static @Nullable String value(List<Attribute> attributes, String key) {
    for (Attribute attribute : attributes) {
      if (attribute.key.equals(key)) {
        return attribute.value;
      }
    }
    return null;
  }

  private static void add(List<Attribute> labels, String key, String value) {
    if (!value.isEmpty()) {
      labels.add(new Attribute(key, value));
    }
  }

  /** Resource attributes replace a point's attributes of the same key, as in the Collector. */
  private static List<Attribute> overridden(List<Attribute> attributes, List<Attribute> by) {
    Set<String> keys = new HashSet<>();
    by.forEach(constant -> keys.add(constant.key));
    attributes.removeIf(attribute -> keys.contains(attribute.key));
    attributes.addAll(by);
    return attributes;
  }

  /** Escapes the keys; values of keys that become one name are joined in the order of the keys. */
  private @Nullable SortedMap<String, String> merged(List<Attribute> attributes) {
    attributes.sort(Comparator.comparing(Attribute::key, BY_UTF8));
    // Builders, because a million attributes may become one name.
    SortedMap<String, StringBuilder> values = new TreeMap<>(BY_UTF8);
    for (Attribute attribute : attributes) {
      String name = namer.build(attribute.key);
      if (name == null) {
        return null;
      }
      if (!attribute.value.isEmpty()) {
        join(values.computeIfAbsent(name, _ -> new StringBuilder()), attribute.value);
      }
    }
    SortedMap<String, String> labels = new TreeMap<>(BY_UTF8);
    values.forEach((name, value) -> labels.put(name, value.toString()));
    return labels;
  }

  private static void join(StringBuilder before, String value) {
    if (!value.contentEquals(before)) {
      before.append(before.isEmpty() ? "" : ";").append(value);
    }
  }

  private void identify(SortedMap<String, String> labels, ResourceContext resource) {
    if (!resource.job.isEmpty()) {
      labels.put("job", resource.job);
    }
    if (!resource.instance.isEmpty()) {
      labels.put("instance", resource.instance);
    }
    for (Map.Entry<String, String> label : settings.externalLabels().entrySet()) {
      labels.putIfAbsent(label.getKey(), label.getValue());
    }
  }
}
