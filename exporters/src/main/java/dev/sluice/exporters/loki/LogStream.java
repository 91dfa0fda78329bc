package dev.sluice.exporters.loki;

import dev.sluice.otlp.WireReader;
import dev.sluice.otlp.WireWriter;
import java.util.Arrays;

/**
 * The entries of one stream in one batch, encoded, in the order in which they arrived. Hot path:
 * reused from batch to batch, allocates only to grow. Not thread-safe.
 */
final class LogStream {
  private static final long NANOS_A_SECOND = 1_000_000_000L;

  private final WireWriter entries = new WireWriter(4096);
  private StreamLabels labels;
  private int[] ends = new int[16];
  private int[] ordinals = new int[16];
  private long[] times = new long[16];
  private int count;
  private boolean late;

  LogStream(StreamLabels labels) {
    this.labels = labels;
  }

  /** Forgets the entries and starts to collect for another stream. */
  LogStream reset(StreamLabels other) {
    labels = other;
    entries.reset();
    count = 0;
    late = false;
    return this;
  }

  /** Adds an entry of a line and of metadata that {@link MetadataWriter} has encoded. */
  void append(
      int ordinal, long timeNanos, byte[] line, int offset, int length, MetadataWriter metadata) {
    long seconds = Math.floorDiv(timeNanos, NANOS_A_SECOND);
    int nanos = (int) Math.floorMod(timeNanos, NANOS_A_SECOND);
    int timestampSize = fieldSize(seconds) + fieldSize(nanos);
    int lineSize = WireWriter.varintSize(length) + length;
    entries.tag(Push.StreamAdapter.ENTRIES, WireReader.LEN);
    entries.rawVarint(2 + timestampSize + 1 + lineSize + metadata.size());
    entries.tag(Push.Entry.TIMESTAMP, WireReader.LEN);
    entries.rawVarint(timestampSize);
    entries.varint(Push.Timestamp.SECONDS, seconds);
    entries.varint(Push.Timestamp.NANOS, nanos);
    entries.bytes(Push.Entry.LINE, line, offset, length);
    entries.raw(metadata.array(), 0, metadata.size());
    index(ordinal, timeNanos);
  }

  private static int fieldSize(long value) {
    return 1 + WireWriter.varintSize(value);
  }

  /** Where the next entry is to be written, before {@link #index} tells what it is. */
  WireWriter entries() {
    return entries;
  }

  /** Takes what was written to {@link #entries} since the last time as one entry. */
  void index(int ordinal, long timeNanos) {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
      ordinals = Arrays.copyOf(ordinals, count * 2);
      times = Arrays.copyOf(times, count * 2);
    }
    ends[count] = entries.size();
    ordinals[count] = ordinal;
    times[count] = timeNanos;
    count++;
  }

  StreamLabels labels() {
    return labels;
  }

  int count() {
    return count;
  }

  /** The encoded entries, each a {@code StreamAdapter.entries} field. */
  byte[] array() {
    return entries.array();
  }

  /** Where in {@link #array()} an entry begins; for {@link #count()}, where all end. */
  int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  /** The number of the entry's record in the batch. */
  int ordinal(int index) {
    return ordinals[index];
  }

  long timeNanos(int index) {
    return times[index];
  }

  /** How much memory it keeps. */
  int capacity() {
    return entries.array().length;
  }

  /** Whether it has an entry so old that Loki may ignore it as too far behind. */
  boolean isLate() {
    return late;
  }

  void markLate() {
    late = true;
  }
}
