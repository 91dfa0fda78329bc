package dev.sluice.exporters.prometheus;

import dev.sluice.exporters.http.SnappyWriter;
import dev.sluice.otlp.WireWriter;
import java.util.Objects;

/**
 * A label, shared by all series that have it: a name and a value, found by both. Remembers where it
 * stands in the 1.0 request being written, so that writing it again copies it. Used by one thread.
 */
final class Label extends RawTable.Entry {
  private final Symbol value;

  /** The bytes of the field {@code TimeSeries.labels}. */
  final int size;

  /** Where it was last written, by the positions of the {@link SnappyWriter}; 0 at first. */
  long position;

  Label(Symbol name, Symbol value) {
    super(name, value.key, (int) hash(name, value));
    this.value = value;
    this.size = field(inner(name.key.length, value.key.length));
  }

  /** Well mixed, so that sums of it tell label sets apart; by the symbols' seeded hashes. */
  static long hash(Symbol name, Symbol value) {
    return mix((long) name.hash << 32 | (value.hash & 0xffffffffL));
  }

  long longHash() {
    return hash(name(), value);
  }

  /** Murmur3's finalizer: each bit of the input changes half of the output's. */
  static long mix(long bits) {
    long hash = (bits ^ bits >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }

  Symbol name() {
    return (Symbol) Objects.requireNonNull(parent());
  }

  Symbol value() {
    return value;
  }

  /** Whether both have the same name and value, also when one was forgotten and made again. */
  boolean isSame(Label other) {
    return this == other || (name().isSame(other.name()) && value.isSame(other.value));
  }

  /** Writes the field {@code TimeSeries.labels}, or copies it when it stands within reach. */
  void write(SnappyWriter out) {
    long at = out.position();
    if (out.reaches(position, 0)) {
      out.copy(position, size);
    } else {
      byte[] name = name().key;
      out.begin(RemoteWrite.V1_SERIES_LABELS, inner(name.length, key.length));
      out.bytes(RemoteWrite.LABEL_NAME, name);
      out.bytes(RemoteWrite.LABEL_VALUE, key);
    }
    position = at;
  }

  private static int inner(int nameBytes, int valueBytes) {
    return field(nameBytes) + field(valueBytes);
  }

  /** The bytes of a field with a number below 16 that holds {@code bytes}. */
  private static int field(int bytes) {
    return 1 + WireWriter.varintSize(bytes) + bytes;
  }
}
