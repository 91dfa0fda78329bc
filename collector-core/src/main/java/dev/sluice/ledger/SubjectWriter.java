package dev.sluice.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.otlp.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Packs the subjects of items, leaving out most of those that came already. One use, one thread.
 */
final class SubjectWriter {
  /** Of one {@link Subjects}: what is more begins the next. */
  private static final int BYTES_MAX = 256 << 10;

  private static final int RECENT = 256;

  private final Signal signal;
  private final List<Subjects> full = new ArrayList<>();

  /** Where recent subjects begin, plus one, by their hash; compared before one is left out. */
  private final int[] recent = new int[RECENT];

  private byte[] packed = new byte[512];
  private int size;
  private int items;

  SubjectWriter(Signal signal) {
    this.signal = signal;
  }

  /** An item of a trace; an id of another length than 16 is cut or filled with zeros. */
  void trace(byte[] bytes, int offset, int length) {
    beginItem(Subjects.TRACE_ID_BYTES);
    int copied = Math.min(length, Subjects.TRACE_ID_BYTES);
    System.arraycopy(bytes, offset, packed, size, copied);
    Arrays.fill(packed, size + copied, size + Subjects.TRACE_ID_BYTES, (byte) 0);
    endItem(Subjects.TRACE_ID_BYTES);
  }

  /** An item with a hash and a text. */
  void text(long hash, String text) {
    byte[] encoded = text.getBytes(UTF_8);
    int length = Subjects.HASH_BYTES + Subjects.LENGTH_BYTES + encoded.length;
    beginItem(length);
    for (int i = 0; i < Subjects.HASH_BYTES; i++) {
      packed[size + i] = (byte) (hash >>> (56 - 8 * i));
    }
    packed[size + Subjects.HASH_BYTES] = (byte) (encoded.length >>> 8);
    packed[size + Subjects.HASH_BYTES + 1] = (byte) encoded.length;
    System.arraycopy(encoded, 0, packed, size + length - encoded.length, encoded.length);
    endItem(length);
  }

  private void beginItem(int length) {
    if (size + length > BYTES_MAX) {
      finish();
    }
    if (size + length > packed.length) {
      packed = Arrays.copyOf(packed, Math.max(packed.length * 2, size + length));
    }
  }

  private void endItem(int length) {
    items++;
    int index = (int) (BodyHash.of(packed, size, length) & (RECENT - 1));
    int other = recent[index] - 1;
    boolean known =
        other >= 0
            && other + length <= size
            && Arrays.equals(packed, other, other + length, packed, size, size + length);
    if (!known) {
      recent[index] = size + 1;
      size += length;
    }
  }

  private void finish() {
    full.add(new Subjects(signal, items, Arrays.copyOf(packed, size)));
    Arrays.fill(recent, 0);
    size = 0;
    items = 0;
  }

  /** All of them; none when there were no items. */
  List<Subjects> subjects() {
    if (items > 0) {
      finish();
    }
    return full;
  }
}
