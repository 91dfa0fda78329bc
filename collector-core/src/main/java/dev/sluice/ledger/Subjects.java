package dev.sluice.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.otlp.Signal;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The subjects of some items of one signal, each once, packed. Immutable.
 *
 * <p>A trace is its id in 16 bytes. A log record or a series is a hash in 8 bytes, the length of
 * its text in 2 and the text in UTF-8.
 *
 * @param items how many items they are the subjects of
 */
// The bytes are the point: a copy per access is what this type is there to avoid.
@SuppressWarnings("ArrayRecordComponent")
record Subjects(Signal signal, int items, byte[] packed) implements Iterable<Subject> {
  static final int TRACE_ID_BYTES = 16;
  static final int HASH_BYTES = 8;
  static final int LENGTH_BYTES = 2;

  /** What it takes in memory, about. */
  long bytes() {
    return packed.length + 64L;
  }

  @Override
  public Iterator<Subject> iterator() {
    return new Iterator<>() {
      private int position;

      @Override
      public boolean hasNext() {
        return position < packed.length;
      }

      @Override
      public Subject next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int idBytes = signal == Signal.TRACES ? TRACE_ID_BYTES : HASH_BYTES;
        String id = HexFormat.of().formatHex(packed, position, position + idBytes);
        position += idBytes;
        return new Subject(id, signal == Signal.TRACES ? "" : text());
      }

      private String text() {
        int length = ((packed[position] & 0xff) << 8) | (packed[position + 1] & 0xff);
        position += LENGTH_BYTES + length;
        return new String(packed, position - length, length, UTF_8);
      }
    };
  }
}
