package dev.sluice.exporters.loki;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where records go that agree in everything that labels are made of, and what of them is left for
 * structured metadata.
 *
 * @param labels the stream, or null when the tenant is one that Loki does not take
 * @param resourceKeys resource attributes that are labels, as UTF-8
 * @param recordKeys record attributes that are labels
 * @param resource the metadata of the other resource attributes
 * @param demoted how many attributes were to be labels and are metadata
 */
record Placement(
    @Nullable StreamLabels labels,
    byte[][] resourceKeys,
    byte[][] recordKeys,
    MetadataBlock resource,
    int demoted) {
  /** Whether the record attribute of that key is a label. */
  boolean isLabel(byte[] source, int keyOffset, int keyLength) {
    return recordKeys.length > 0 && isOneOf(recordKeys, source, keyOffset, keyLength);
  }

  /** Whether a line leaves out the attribute of that key, because it is a label or a hint. */
  boolean leavesOut(byte[] source, int offset, int length, boolean ofResource) {
    return Hints.isHint(source, offset, length)
        || isOneOf(ofResource ? resourceKeys : recordKeys, source, offset, length);
  }

  private static boolean isOneOf(byte[][] keys, byte[] source, int offset, int length) {
    for (byte[] key : keys) {
      if (Arrays.equals(source, offset, offset + length, key, 0, key.length)) {
        return true;
      }
    }
    return false;
  }
}
