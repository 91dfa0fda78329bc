package dev.sluice.benchmarks.load.client;

import dev.sluice.benchmarks.payload.Payloads;
import dev.sluice.benchmarks.payload.SeriesPayload;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, and where in it ids, times and series numbers stand: {@link #stamp}
 * changes them in a copy, in place, because all of them have a fixed width. Immutable.
 */
public final class Template {
  private static final int ID_DIGITS = 16;
  private static final int SERIES_DIGITS = 8;
  private static final byte[] SERIES_PREFIX =
      SeriesPayload.SERIES_PREFIX.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** How an id is written, where it is not a double. */
  private enum Form {
    BIG_ENDIAN,
    LITTLE_ENDIAN,
    HEX
  }

  private final byte[] body;
  private final int items;
  private final @Nullable Form form;
  private final Places ids = new Places();
  private final Places doubles = new Places();
  private final Places times = new Places();
  private final Places series = new Places();

  private Template(byte[] body, int items, boolean stamped) {
    this.body = body;
    this.items = items;
    form = stamped ? findPlaces() : null;
  }

  /**
   * A template of a payload, with the places of its ids and times.
   *
   * @throws IllegalArgumentException when the payload does not have an id for each item
   */
  public static Template of(byte[] payload, int items) {
    Template template = new Template(payload, items, true);
    int found = template.ids.size() + template.doubles.size();
    if (found != items) {
      throw new IllegalArgumentException(found + " ids in a payload of " + items + " items");
    }
    return template;
  }

  /** A body that is sent as it is: compressed, for example. */
  public static Template fixed(byte[] body, int items) {
    return new Template(body, items, false);
  }

  public int items() {
    return items;
  }

  public int length() {
    return body.length;
  }

  /** The body as it was made. */
  public byte[] body() {
    return body;
  }

  /** Finds them by their values. Points have ids of two forms: counters are integers. */
  private Form findPlaces() {
    ByteBuffer in = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
    Form found = Form.LITTLE_ENDIAN;
    for (int at = 0; at + Long.BYTES <= body.length; at++) {
      long value = in.getLong(at);
      if (value == Payloads.NOW_NANOS) {
        times.add(at);
      } else if (isId(value)) {
        ids.add(at);
      } else if (isId(Long.reverseBytes(value))) {
        ids.add(at);
        found = Form.BIG_ENDIAN;
      } else if (isId((long) Double.longBitsToDouble(value))) {
        doubles.add(at);
      } else if (isId(hex(at))) {
        ids.add(at);
        found = Form.HEX;
      } else if (startsWith(SERIES_PREFIX, at)) {
        series.add(at + SERIES_PREFIX.length);
      }
    }
    return found;
  }

  private boolean isId(long value) {
    return value >= Payloads.ID_BASE && value < Payloads.ID_BASE + items;
  }

  private long hex(int at) {
    if (body[at] != '0' || at + ID_DIGITS > body.length) {
      return 0;
    }
    long value = 0;
    for (int i = 0; i < ID_DIGITS; i++) {
      int digit = Character.digit(body[at + i], 16);
      if (digit < 0) {
        return 0;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private boolean startsWith(byte[] text, int at) {
    return at + text.length <= body.length
        && Arrays.equals(body, at, at + text.length, text, 0, text.length);
  }

  /**
   * Writes ids, times and series into a copy of the body. Hot path of the load.
   *
   * @param copy in little endian order
   * @param offset where in it the body starts
   * @param firstId of the first item; the others follow
   * @param nowNanos since 1970
   * @param firstSeries the number of the first point's series; the others follow
   * @param seriesCount after which series start again at 0
   */
  public void stamp(
      ByteBuffer copy,
      int offset,
      long firstId,
      long nowNanos,
      long firstSeries,
      long seriesCount) {
    for (int i = 0; i < times.size(); i++) {
      copy.putLong(offset + times.at(i), nowNanos);
    }
    long id = firstId;
    for (int i = 0; i < ids.size(); i++) {
      writeId(copy, offset + ids.at(i), id++);
    }
    for (int i = 0; i < doubles.size(); i++) {
      copy.putDouble(offset + doubles.at(i), (double) id++);
    }
    for (int i = 0; i < series.size(); i++) {
      writeHex(copy, offset + series.at(i), SERIES_DIGITS, (firstSeries + i) % seriesCount);
    }
  }

  private void writeId(ByteBuffer copy, int at, long id) {
    switch (form) {
      case LITTLE_ENDIAN -> copy.putLong(at, id);
      case BIG_ENDIAN -> copy.putLong(at, Long.reverseBytes(id));
      case HEX -> writeHex(copy, at, ID_DIGITS, id);
      case null -> {}
    }
  }

  private static void writeHex(ByteBuffer copy, int at, int digits, long value) {
    for (int i = 0; i < digits; i++) {
      copy.put(at + i, HEX[(int) (value >>> (4 * (digits - 1 - i))) & 15]);
    }
  }

  /** Offsets, ascending. */
  private static final class Places {
    private int[] offsets = new int[16];
    private int size;

    void add(int offset) {
      if (size == offsets.length) {
        offsets = Arrays.copyOf(offsets, 2 * size);
      }
      offsets[size++] = offset;
    }

    int at(int i) {
      return offsets[i];
    }

    int size() {
      return size;
    }
  }
}
