package dev.sluice.exporters.loki;

import java.util.Arrays;

/**
 * The name that an attribute's key has as structured metadata, ready to be copied.
 *
 * @param key the key as it is in a record
 * @param id the same for all keys that have the same name, and for no others
 * @param length of the name
 * @param start what a pair of this name begins with, after its own tag and length: the name's field
 *     and the tag of the value
 */
record MetadataName(byte[] key, int id, int length, byte[] start) {
  boolean isFor(byte[] source, int offset, int size) {
    return size == key.length && Arrays.equals(source, offset, offset + size, key, 0, size);
  }
}
