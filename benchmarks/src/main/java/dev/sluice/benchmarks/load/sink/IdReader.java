package dev.sluice.benchmarks.load.sink;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.sluice.benchmarks.payload.Payloads;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads the ids of the items in a message, in whatever of the three formats: it walks the fields
 * that lead to spans, log records, entries or samples and steps over all others. Its array is
 * reused. Used by one thread.
 */
final class IdReader {
  private static final int BIG_ENDIAN_ID = 8;
  private static final int HEX_ID = 16;

  private long[] ids = new long[1 << 14];
  private int count;

  long[] ids() {
    return ids;
  }

  int count() {
    return count;
  }

  /** Reads a message; what it says of ids is in {@link #ids} until the next. */
  void read(Format format, byte[] message, int length) throws IOException {
    count = 0;
    walk(CodedInputStream.newInstance(message, 0, length), format, 0);
  }

  private void walk(CodedInputStream in, Format format, int depth) throws IOException {
    int field = format.field(depth);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) != field) {
        in.skipField(tag);
      } else if (depth + 1 < format.depth()) {
        int limit = in.pushLimit(in.readRawVarint32());
        walk(in, format, depth + 1);
        in.popLimit(limit);
      } else {
        take(in, format.kind());
      }
    }
  }

  private void take(CodedInputStream in, Format.Kind kind) throws IOException {
    switch (kind) {
      case BYTES -> bytes(in);
      case TEXT -> text(in);
      case DOUBLE -> add((long) in.readDouble());
    }
  }

  private void bytes(CodedInputStream in) throws IOException {
    int length = in.readRawVarint32();
    if (length != BIG_ENDIAN_ID) {
      in.skipRawBytes(length);
      return;
    }
    add(Long.reverseBytes(in.readRawLittleEndian64()));
  }

  private void text(CodedInputStream in) throws IOException {
    int length = in.readRawVarint32();
    if (length < HEX_ID) {
      in.skipRawBytes(length);
      return;
    }
    long id = 0;
    for (int i = 0; i < HEX_ID; i++) {
      int digit = Character.digit(in.readRawByte(), 16);
      id = digit < 0 ? 0 : id << 4 | digit;
    }
    in.skipRawBytes(length - HEX_ID);
    add(id);
  }

  /** Values below are the collector's own: counts, bounds, target_info. */
  private void add(long id) {
    if (id < Payloads.ID_BASE || id >= Payloads.ID_END) {
      return;
    }
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, 2 * count);
    }
    ids[count++] = id;
  }
}
