package dev.sluice.exporters.loki;

import dev.sluice.otlp.Otlp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resource taken apart, once for all records that carry the same bytes.
 *
 * @param id unlike that of every other plan
 * @param raw the {@code Resource} message
 * @param format what its hint asks for, or null
 * @param recordKeys what its hints name and it does not have, so that a record must
 * @param placement where its records go that have no part in the labels
 */
record ResourcePlan(
    int id,
    byte[] raw,
    List<Attribute> attributes,
    @Nullable LineFormat format,
    byte[][] recordKeys,
    Placement placement) {
  static List<Attribute> attributesOf(byte[] raw) {
    return Attribute.listOf(raw, 0, raw.length, Otlp.Resource.ATTRIBUTES);
  }
}
