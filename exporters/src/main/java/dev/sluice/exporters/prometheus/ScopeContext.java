package dev.sluice.exporters.prometheus;

import java.util.List;

/** An instrumentation scope of a resource that was seen, by its bytes. */
final class ScopeContext extends RawTable.Entry {
  final ResourceContext resource;

  /** Attributes named as the labels that the scope gives; the names are still to be escaped. */
  final List<LabelSets.Attribute> labels;

  ScopeContext(ResourceContext resource, byte[] scope, int hash, List<LabelSets.Attribute> labels) {
    super(resource, scope, hash);
    this.resource = resource;
    this.labels = labels;
  }
}
