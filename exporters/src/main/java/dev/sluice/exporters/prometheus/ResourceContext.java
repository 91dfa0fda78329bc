package dev.sluice.exporters.prometheus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A resource that was seen, by its bytes: what its attributes give to labels. */
final class ResourceContext extends RawTable.Entry {
  /** The attributes that become labels of each series. */
  final List<LabelSets.Attribute> constants;

  /** The value of the label {@code job}; empty for none. */
  final String job;

  /** The value of the label {@code instance}; empty for none. */
  final String instance;

  /** The {@code target_info} series, or null when the resource gives none. */
  @Nullable TargetInfo targetInfo;

  ResourceContext(
      byte[] resource, int hash, List<LabelSets.Attribute> constants, String job, String instance) {
    super(null, resource, hash);
    this.constants = constants;
    this.job = job;
    this.instance = instance;
  }
}
