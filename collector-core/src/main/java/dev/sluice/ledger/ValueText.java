package dev.sluice.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;

/**
 * An {@code AnyValue} as a text that a person would look for: a string as it is, {@code key=value
 * key=value} for a list. Nesting is bounded by the validation that the bytes have passed.
 */
final class ValueText {
  private static final int STRING_TAG = (Otlp.AnyValue.STRING_VALUE << 3) | WireReader.LEN;

  private ValueText() {}

  /** The beginning of the value as text, {@code charactersMax} at most. Moves the reader. */
  static String of(WireReader value, int charactersMax) {
    StringBuilder text = new StringBuilder();
    append(value, text, charactersMax);
    return cut(text.toString(), charactersMax);
  }

  /** The text, cut at a character's boundary. */
  static String cut(String text, int charactersMax) {
    if (text.length() <= charactersMax) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(charactersMax - 1));
    return text.substring(0, splits ? charactersMax - 1 : charactersMax);
  }

  private static void append(WireReader value, StringBuilder text, int charactersMax) {
    while (value.next()) {
      switch (value.field()) {
        case Otlp.AnyValue.STRING_VALUE -> appendString(value, text, charactersMax);
        case Otlp.AnyValue.BOOL_VALUE -> text.append(value.varint() != 0);
        case Otlp.AnyValue.INT_VALUE -> text.append(value.varint());
        case Otlp.AnyValue.DOUBLE_VALUE -> text.append(value.float64());
        case Otlp.AnyValue.ARRAY_VALUE -> appendList(value, false, text, charactersMax);
        case Otlp.AnyValue.KVLIST_VALUE -> appendList(value, true, text, charactersMax);
        default -> value.skip();
      }
    }
  }

  /** No more bytes are decoded than can be needed. */
  private static void appendString(WireReader value, StringBuilder text, int charactersMax) {
    int length = value.length();
    int needed = Math.min(length, 4 * charactersMax);
    String decoded = new String(value.array(), value.position() - length, needed, UTF_8);
    text.append(cut(decoded, charactersMax));
  }

  /** Both kinds of list have their members in field 1. */
  private static void appendList(
      WireReader value, boolean pairs, StringBuilder text, int charactersMax) {
    WireReader list = value.enter(new WireReader());
    while (list.next() && text.length() < charactersMax) {
      if (list.field() != Otlp.KeyValueList.VALUES) {
        list.skip();
        continue;
      }
      if (!text.isEmpty()) {
        text.append(' ');
      }
      WireReader member = list.enter(new WireReader());
      if (pairs) {
        appendPair(member, text, charactersMax);
      } else {
        append(member, text, charactersMax);
      }
    }
  }

  private static void appendPair(WireReader pair, StringBuilder text, int charactersMax) {
    while (pair.next()) {
      switch (pair.field()) {
        case Otlp.KeyValue.KEY -> appendString(pair, text, charactersMax);
        case Otlp.KeyValue.VALUE -> {
          text.append('=');
          append(pair.enter(new WireReader()), text, charactersMax);
        }
        default -> pair.skip();
      }
    }
  }

  /** The hash of an encoded value: for a plain string that of its text, so that text finds it. */
  static long hash(byte[] bytes, int offset, int length) {
    if (length == 0 || bytes[offset] != STRING_TAG) {
      return BodyHash.of(bytes, offset, length);
    }
    WireReader reader = new WireReader().reset(bytes, offset, length);
    reader.next();
    int size = reader.length();
    return BodyHash.of(bytes, reader.position() - size, size);
  }

  /** The hash that a body of this text has. */
  static long hash(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return BodyHash.of(bytes, 0, bytes.length);
  }
}
