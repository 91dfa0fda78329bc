package dev.sluice.exporters.loki;

import dev.sluice.exporters.http.SnappyWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes the entries of a stream, and what an entry has in common with the one before it as copies.
 * The two mostly end with the same metadata of resource and scope; before that come pairs with the
 * same names, often the same values, and mostly in the same order. Both are only compared, place by
 * place, and never searched. Hot path, for every entry that is sent: allocates nothing. Used by one
 * thread.
 */
final class RepeatedEntries {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** What is shorter is cheaper written than copied. */
  private static final int COPY_BYTES_MIN = 8;

  private final SnappyWriter out;
  private byte[] array = new byte[0];

  /** Up to where the entry is written. */
  private int written;

  RepeatedEntries(SnappyWriter out) {
    this.out = out;
  }

  /** Writes the entries of a slice. */
  void write(PushBody.Slice slice) {
    LogStream stream = slice.stream();
    array = stream.array();
    int last = stream.start(slice.from());
    int start = stream.start(slice.from() + 1);
    out.raw(array, last, start - last);
    for (int i = slice.from() + 1; i < slice.to(); i++) {
      int end = stream.start(i + 1);
      write(last, start, end);
      last = start;
      start = end;
    }
  }

  /** Writes the entry from {@code start} to {@code end}; the one before begins at {@code last}. */
  private void write(int last, int start, int end) {
    written = start;
    if (end - last <= SnappyWriter.OFFSET_MAX) {
      int metadata = metadata(start);
      int lastMetadata = metadata(last);
      int tail = end - tail(start - lastMetadata, end - metadata, start, end);
      pairs(metadata, tail, lastMetadata, start - (end - tail));
      repeat(tail, end - tail, end - start);
    }
    out.raw(array, written, end - written);
  }

  /** How many bytes at the end of both are the same, of those that both have. */
  private int tail(int lastSize, int size, int lastEnd, int end) {
    int max = Math.min(lastSize, size);
    int same = 0;
    while (same + Long.BYTES <= max) {
      int next = same + Long.BYTES;
      long difference = (long) LONG.get(array, end - next) ^ (long) LONG.get(array, lastEnd - next);
      if (difference != 0) {
        return same + Long.numberOfLeadingZeros(difference) / Byte.SIZE;
      }
      same = next;
    }
    while (same < max && array[end - same - 1] == array[lastEnd - same - 1]) {
      same++;
    }
    return same;
  }

  /** Copies what the pairs up to {@code end} have in common with those of the entry before. */
  private void pairs(int start, int end, int lastStart, int lastEnd) {
    int pair = start;
    int last = lastStart;
    while (pair < end && last < lastEnd) {
      int offset = pair - last;
      int same = same(pair, end, last, lastEnd);
      int differs = pair + same;
      repeat(pair, same, offset);
      int next = next(pair);
      while (next <= differs && next < end) {
        pair = next;
        next = next(pair);
      }
      last = pair - offset;
      int name = body(pair);
      if (differs < name) {
        int lastName = body(last);
        repeat(name, same(name, Math.min(next, end), lastName, lastEnd), name - lastName);
      }
      pair = next;
      last = next(last);
    }
  }

  /** How many bytes from both places on are the same. */
  private int same(int start, int end, int lastStart, int lastEnd) {
    int size = Math.max(0, Math.min(end - start, lastEnd - lastStart));
    int same = Arrays.mismatch(array, start, start + size, array, lastStart, lastStart + size);
    return same < 0 ? size : same;
  }

  /** Copies bytes that stand so far back, if that is worth it. */
  private void repeat(int start, int size, int offset) {
    if (size >= COPY_BYTES_MIN) {
      if (start > written) {
        out.raw(array, written, start - written);
      }
      out.copy(out.position() - offset, size);
      written = start + size;
    }
  }

  /** Where an entry's metadata begins: after its header, its timestamp and its line. */
  private int metadata(int entry) {
    return next(next(body(entry)));
  }

  /** Where the field ends that begins at {@code field}, with a tag of one byte and a length. */
  private int next(int field) {
    int at = field + 1;
    int length = array[at++];
    if (length < 0) {
      length &= 0x7f;
      for (int shift = 7; ; shift += 7) {
        int bits = array[at++];
        length |= (bits & 0x7f) << shift;
        if (bits >= 0) {
          break;
        }
      }
    }
    return at + length;
  }

  /** Where the content of the field begins. */
  private int body(int field) {
    int at = field + 1;
    while (array[at] < 0) {
      at++;
    }
    return at + 1;
  }
}
