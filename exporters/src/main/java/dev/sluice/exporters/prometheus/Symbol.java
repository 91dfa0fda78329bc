package dev.sluice.exporters.prometheus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A string of labels or metadata in UTF-8, shared by all series that have it. Remembers its place
 * in the symbol table of the 2.0 request being written, so that writing looks nothing up. Used by
 * one thread at a time.
 */
final class Symbol extends RawTable.Entry {
  /** Its place, counted through all requests; one of an older request is below the newer's. */
  long reference = -1;

  Symbol(byte[] utf8, int hash) {
    super(null, utf8, hash);
  }

  /** Whether both are the same string, also when one was forgotten and made again. */
  boolean isSame(Symbol other) {
    return this == other || Arrays.equals(key, other.key);
  }

  @Override
  public String toString() {
    return new String(key, StandardCharsets.UTF_8);
  }
}
