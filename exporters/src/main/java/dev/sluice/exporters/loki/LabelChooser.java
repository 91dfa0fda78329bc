package dev.sluice.exporters.loki;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the labels of one stream, within Loki's limits. Cold path: what it chooses is cached.
 * Used once.
 *
 * <p>Labels are taken in this order until there is no room: {@code service_name}, the old
 * exporter's labels, those that hints ask for, the tenant's attribute, configured record
 * attributes, configured resource attributes. An attribute that finds no room, whose name or value
 * is too long, whose name is taken by another value or begins with two underscores, is demoted: it
 * stays structured metadata. Like Loki's OTLP endpoint, a stream without {@code service.name} gets
 * {@code service_name} from the first of a list of labels, or {@code unknown_service}.
 */
final class LabelChooser {
  private static final String SERVICE_NAME_LABEL = "service_name";
  private static final String UNKNOWN_SERVICE = "unknown_service";
  private static final List<String> SERVICE_NAME_FROM =
      List.of(
          "service",
          "app",
          "application",
          "app_name",
          "name",
          "app_kubernetes_io_name",
          "container",
          "container_name",
          "k8s_container_name",
          "component",
          "workload",
          "job",
          "k8s_job_name");

  private final LabelSettings settings;
  private final Limits limits;
  private final List<Attribute> resource;
  private final List<Attribute> record;
  private final SortedMap<String, String> labels = new TreeMap<>();
  private final Set<String> resourceKeys = new HashSet<>();
  private final Set<String> recordKeys = new HashSet<>();
  private final Set<String> demotedResourceKeys = new HashSet<>();
  private final Set<String> demotedRecordKeys = new HashSet<>();
  private int labelsMax;

  /** Chooses among the attributes of a resource and of a record, hints included. */
  LabelChooser(
      LabelSettings settings, Limits limits, List<Attribute> resource, List<Attribute> record) {
    this.settings = settings;
    this.limits = limits;
    this.resource = resource;
    this.record = record;
    labelsMax = limits.labelsMax();
  }

  /** Chooses; the results are then there to be read. */
  LabelChooser choose(long severityNumber) {
    boolean discovers = !takeServiceName();
    takeOld(severityNumber);
    takeHinted();
    for (String key : settings.attributes()) {
      takeRecord(key);
    }
    for (String key : settings.resource()) {
      takeResource(key);
    }
    labelsMax = limits.labelsMax();
    if (discovers || labels.isEmpty()) {
      discoverServiceName();
    }
    return this;
  }

  SortedMap<String, String> labels() {
    return labels;
  }

  /** The keys of resource attributes that are labels. */
  Set<String> resourceKeys() {
    return resourceKeys;
  }

  /** The keys of record attributes that are labels. */
  Set<String> recordKeys() {
    return recordKeys;
  }

  /** How many attributes were to be labels and are not. */
  int demoted() {
    return demotedResourceKeys.size() + demotedRecordKeys.size();
  }

  /** The attribute that the tenant hint names, or null. */
  @Nullable Attribute tenant() {
    Attribute hint = Attribute.find(resource, Hints.TENANT);
    if (hint == null) {
      hint = Attribute.find(record, Hints.TENANT);
    }
    if (hint == null) {
      return null;
    }
    Attribute inResource = Attribute.find(resource, hint.text().strip());
    return inResource != null ? inResource : Attribute.find(record, hint.text().strip());
  }

  /** Takes the service's name; false when it is to be discovered, for which room is kept. */
  private boolean takeServiceName() {
    if (!settings.resource().contains(LabelSettings.SERVICE_NAME)) {
      return true;
    }
    Attribute name = Attribute.find(resource, LabelSettings.SERVICE_NAME);
    if (name != null && name.children().isEmpty()) {
      takeResource(LabelSettings.SERVICE_NAME);
    }
    if (labels.containsKey(SERVICE_NAME_LABEL)) {
      return true;
    }
    labelsMax--;
    return false;
  }

  private void takeOld(long severityNumber) {
    String name = resourceText(LabelSettings.SERVICE_NAME);
    String namespace = resourceText("service.namespace");
    takeOld(LabelSettings.EXPORTER, "OTLP");
    takeOld(
        LabelSettings.JOB, name.isEmpty() || namespace.isEmpty() ? name : namespace + "/" + name);
    takeOld(LabelSettings.INSTANCE, resourceText("service.instance.id"));
    if (severityNumber == 0 || !settings.old().contains(LabelSettings.LEVEL)) {
      return;
    }
    if (Attribute.find(record, LabelSettings.LEVEL) != null) {
      takeRecord(LabelSettings.LEVEL);
    } else {
      takeOld(LabelSettings.LEVEL, SeverityName.of(severityNumber));
    }
  }

  private void takeOld(String name, String value) {
    if (settings.old().contains(name)) {
      put(name, value);
    }
  }

  private void takeHinted() {
    for (String key : hinted(resource, Hints.RESOURCE_LABELS)) {
      takeResource(key);
    }
    for (String key : hinted(record, Hints.RESOURCE_LABELS)) {
      takeResource(key);
    }
    for (String key : hinted(record, Hints.ATTRIBUTE_LABELS)) {
      takeRecord(key);
    }
    Attribute tenant = tenant();
    if (tenant != null && Attribute.find(resource, tenant.key()) != null) {
      takeResource(tenant.key());
    } else if (tenant != null) {
      takeRecord(tenant.key());
    }
  }

  private static List<String> hinted(List<Attribute> attributes, String hint) {
    Attribute names = Attribute.find(attributes, hint);
    return names == null ? List.of() : names.names();
  }

  private String resourceText(String key) {
    Attribute attribute = Attribute.find(resource, key);
    return attribute == null ? "" : attribute.text();
  }

  private void takeResource(String key) {
    take(resource, key, resourceKeys, demotedResourceKeys);
  }

  private void takeRecord(String key) {
    take(record, key, recordKeys, demotedRecordKeys);
  }

  private void take(List<Attribute> from, String key, Set<String> taken, Set<String> demoted) {
    Attribute attribute = Attribute.find(from, key);
    if (attribute == null || taken.contains(key) || demoted.contains(key)) {
      return;
    }
    Set<String> outcome = putAll(key, attribute) ? taken : demoted;
    outcome.add(key);
  }

  /** Puts an attribute, a map's pairs one by one; false when not all of it found room. */
  private boolean putAll(String key, Attribute attribute) {
    List<Attribute> children = attribute.children();
    if (children.isEmpty()) {
      return put(LabelName.of(key), attribute.text());
    }
    boolean whole = true;
    for (Attribute child : children) {
      whole &= putAll(LabelName.of(key) + "_" + child.key(), child);
    }
    return whole;
  }

  private boolean put(String name, String raw) {
    // Loki cannot read U+FFFD in labels: it refuses the whole request as invalid UTF-8.
    String value = raw.replace('\ufffd', '?');
    if (value.isEmpty() || value.equals(labels.get(name))) {
      return true;
    }
    boolean refused =
        labels.size() >= labelsMax
            || labels.containsKey(name)
            || name.startsWith("__")
            || name.length() > limits.labelNameMax()
            || value.getBytes(StandardCharsets.UTF_8).length > limits.labelValueMax();
    if (refused) {
      return false;
    }
    labels.put(name, value);
    return true;
  }

  private void discoverServiceName() {
    for (String name : SERVICE_NAME_FROM) {
      String value = labels.get(name);
      if (value != null) {
        labels.putIfAbsent(SERVICE_NAME_LABEL, value);
        return;
      }
    }
    labels.putIfAbsent(SERVICE_NAME_LABEL, UNKNOWN_SERVICE);
  }
}
