package dev.sluice.otlp;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides in one pass over the bytes whether they are an OTLP request, and counts its items: spans,
 * metric data points or log records. Stateless, so any number of threads may use it at once.
 *
 * <p>It checks the full depth of the schema: tags, varints, lengths, wire types, packed numbers, at
 * most {@value Schema#DEPTH_MAX} messages nested below the request, ids of the right length, and
 * strings that are UTF-8. Unknown fields are accepted when their framing is right, and stay in the
 * bytes. Whatever passes, the generated classes of protobuf-java parse, with the same items. Of
 * what protobuf-java parses, these are refused:
 *
 * <ul>
 *   <li>a tag above 2^32 - 1, whose upper bits protobuf-java drops;
 *   <li>a length above 2^31 - 1, whose upper bits protobuf-java drops;
 *   <li>a varint whose tenth byte says that it goes on, where protobuf-java may end it;
 *   <li>a known field with another wire type than its own, which protobuf-java keeps as unknown;
 *   <li>groups, closed or not;
 *   <li>a trace id of other than 0 or 16 bytes, a span id of other than 0 or 8;
 *   <li>a metric with its {@code data} given more than once, of which peers keep different parts.
 * </ul>
 *
 * <p>Hot path, driven by a table of what to do for each tag of each message; nothing is allocated.
 * Measured by {@code ValidatorBenchmark}.
 */
public final class Validator {
  private static final byte[] ACTIONS = Actions.table();
  private static final byte[] ITEMS = Actions.itemTable();
  private static final boolean[] IS_DATA = Actions.dataTable();
  private static final int VARINT_BYTES = 10;
  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;

  private static final int ATTRIBUTE = Actions.MESSAGE + Message.KEY_VALUE.id();
  private static final byte KEY_TAG = Otlp.KeyValue.KEY << 3 | WireReader.LEN;
  private static final byte VALUE_TAG = Otlp.KeyValue.VALUE << 3 | WireReader.LEN;
  private static final byte STRING_VALUE_TAG = Otlp.AnyValue.STRING_VALUE << 3 | WireReader.LEN;
  private static final byte BOOL_VALUE_TAG = Otlp.AnyValue.BOOL_VALUE << 3 | WireReader.VARINT;
  private static final byte INT_VALUE_TAG = Otlp.AnyValue.INT_VALUE << 3 | WireReader.VARINT;
  private static final byte DOUBLE_VALUE_TAG = Otlp.AnyValue.DOUBLE_VALUE << 3 | WireReader.FIXED64;

  /** Eight, so that one step of eight bytes fits into it. */
  private static final int PLAIN_BYTES_MIN = Long.BYTES;

  /** An attribute of a message at this depth, and its value, are within the depth limit. */
  private static final int ATTRIBUTE_DEPTH_MAX = Schema.DEPTH_MAX - 2;

  private Validator() {}

  /**
   * Counts the items of the request of {@code signal} in {@code bytes[offset, offset + length)}.
   *
   * @throws MalformedException that says which field at which byte is wrong, and how
   */
  public static int count(Signal signal, byte[] bytes, int offset, int length) {
    return count(Message.request(signal), bytes, offset, length);
  }

  static int count(Message type, byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return message(bytes, offset, offset + length, type.id(), 0);
  }

  /** Walks one message; recursion is bounded by the depth that is checked here. */
  private static int message(byte[] bytes, int start, int limit, int type, int depth) {
    if (depth > Schema.DEPTH_MAX) {
      throw tooDeep(start, type);
    }
    int items = ITEMS[type];
    boolean data = false;
    int row = type << Actions.TAG_BITS;
    int position = start;
    while (position < limit) {
      int tag = bytes[position++];
      if (tag < 0) {
        long read = longTag(bytes, position - 1, limit, type);
        tag = (int) read;
        position = (int) (read >>> 32);
      }
      int action = tag >>> Actions.TAG_BITS == 0 ? ACTIONS[row | tag] : Actions.unknown(tag);
      if (action <= Actions.FIXED32) {
        position = number(action, bytes, position, limit, type, tag);
        continue;
      }
      int length = position < limit ? bytes[position] : -1;
      if (length >= 0) {
        position++;
      } else {
        long read = longLength(bytes, position, limit, type, tag);
        length = (int) read;
        position = (int) (read >>> 32);
      }
      if (length > limit - position) {
        throw past(position, type, tag);
      }
      int end = position + length;
      if (action == ATTRIBUTE
          && depth <= ATTRIBUTE_DEPTH_MAX
          && isPlainAttribute(bytes, position, end)) {
        position = end;
        continue;
      }
      if (action >= Actions.MESSAGE) {
        int child = action - Actions.MESSAGE;
        if (IS_DATA[child]) {
          data = once(data, position, type, tag);
        }
        items += message(bytes, position, end, child, depth + 1);
      } else if (action == Actions.STRING) {
        if (!Utf8.isValid(bytes, position, end)) {
          throw malformed(position, type, tag, "is not UTF-8");
        }
      } else if (action != Actions.BYTES) {
        bytesField(action, bytes, position, end, type, tag);
      }
      position = end;
    }
    return items;
  }

  /**
   * Whether a message is a {@code KeyValue} as most are: a short key in ASCII, then a short string
   * in ASCII, or a number. What looks otherwise may be right too, and is for {@link #message} to
   * tell.
   */
  private static boolean isPlainAttribute(byte[] bytes, int start, int end) {
    // The key's tag and length, the value's, and those of what is in it.
    if (end - start < PLAIN_BYTES_MIN || bytes[start] != KEY_TAG || bytes[start + 1] < 0) {
      return false;
    }
    int keyEnd = start + 2 + bytes[start + 1];
    int valueStart = keyEnd + 3;
    if (valueStart >= end || bytes[keyEnd] != VALUE_TAG || bytes[keyEnd + 1] != end - keyEnd - 2) {
      return false;
    }
    int tag = bytes[keyEnd + 2];
    if (tag == STRING_VALUE_TAG) {
      // Tags and lengths below 128 are ASCII as well, so all of it is looked at at once.
      return bytes[valueStart] == end - valueStart - 1 && Utf8.isAscii(bytes, start, end);
    }
    boolean number =
        tag == DOUBLE_VALUE_TAG
            ? end - valueStart == Double.BYTES
            : (tag == INT_VALUE_TAG || tag == BOOL_VALUE_TAG) && isVarint(bytes, valueStart, end);
    return number && Utf8.isAscii(bytes, start, valueStart);
  }

  /** Whether a range is one varint of up to three bytes. */
  private static boolean isVarint(byte[] bytes, int start, int end) {
    return switch (end - start) {
      case 1 -> bytes[start] >= 0;
      case 2 -> bytes[start] < 0 && bytes[start + 1] >= 0;
      case 3 -> (bytes[start] & bytes[start + 1]) < 0 && bytes[start + 2] >= 0;
      default -> false;
    };
  }

  /** Steps over a field that is not length-delimited. */
  private static int number(int action, byte[] bytes, int position, int limit, int type, int tag) {
    return switch (action) {
      case Actions.VARINT ->
          position < limit && bytes[position] >= 0
              ? position + 1
              : varint(bytes, position, limit, type, tag);
      case Actions.FIXED64 -> fixed(position, limit, Long.BYTES, type, tag);
      case Actions.FIXED32 -> fixed(position, limit, Integer.BYTES, type, tag);
      default -> throw refused(position, type, tag);
    };
  }

  private static int fixed(int position, int limit, int size, int type, int tag) {
    if (limit - position < size) {
      throw past(position, type, tag);
    }
    return position + size;
  }

  /** Steps over a varint of any length up to ten bytes. */
  private static int varint(byte[] bytes, int start, int limit, int type, int tag) {
    int end = Math.min(limit - start, VARINT_BYTES) + start;
    for (int position = start; position < end; position++) {
      if (bytes[position] >= 0) {
        return position + 1;
      }
    }
    throw limit - start < VARINT_BYTES
        ? past(start, type, tag)
        : malformed(start, type, tag, "is a varint of more than 10 bytes");
  }

  /** Reads a tag of more than one byte: the position after it in the upper half, then the tag. */
  private static long longTag(byte[] bytes, int start, int limit, int type) {
    int position = varint(bytes, start, limit, type, 0);
    long tag = value(bytes, start, position);
    if (tag >>> Integer.SIZE != 0) {
      throw malformed(start, type, 0, "has a tag above 2^32 - 1");
    }
    return (long) position << Integer.SIZE | tag;
  }

  /** Reads a length of more than one byte, as {@link #longTag} does; it is within the limit. */
  private static long longLength(byte[] bytes, int start, int limit, int type, int tag) {
    int position = varint(bytes, start, limit, type, tag);
    long length = value(bytes, start, position);
    if (length >>> (Integer.SIZE - 1) != 0) {
      throw malformed(start, type, tag, "has a length above 2^31 - 1");
    }
    if (length > limit - position) {
      throw past(start, type, tag);
    }
    return (long) position << Integer.SIZE | length;
  }

  /** The value of a varint; of its tenth byte one bit counts, as everywhere. */
  private static long value(byte[] bytes, int start, int end) {
    long value = 0;
    for (int i = end - 1; i >= start; i--) {
      value = value << 7 | (bytes[i] & 0x7f);
    }
    return value;
  }

  private static void bytesField(int action, byte[] bytes, int start, int end, int type, int tag) {
    int length = end - start;
    switch (action) {
      case Actions.TRACE_ID -> id(length, TRACE_ID_BYTES, start, type, tag);
      case Actions.SPAN_ID -> id(length, SPAN_ID_BYTES, start, type, tag);
      case Actions.PACKED_FIXED64 -> {
        if ((length & 7) != 0) {
          throw malformed(start, type, tag, "is packed in " + length + " bytes, not eights");
        }
      }
      default -> {
        int position = start;
        while (position < end) {
          position = varint(bytes, position, end, type, tag);
        }
      }
    }
  }

  private static void id(int length, int expected, int position, int type, int tag) {
    if (length != expected && length != 0) {
      throw malformed(position, type, tag, "is " + length + " bytes long, not " + expected);
    }
  }

  private static boolean once(boolean before, int position, int type, int tag) {
    if (before) {
      throw malformed(position, type, tag, "comes after other data of the same metric");
    }
    return true;
  }

  private static MalformedException refused(int position, int type, int tag) {
    int wireType = tag & 7;
    if (tag >>> 3 == 0) {
      return malformed(position, type, tag, "has the field number 0");
    }
    return malformed(
        position,
        type,
        tag,
        wireType == 3 || wireType == 4
            ? "is a group, which OTLP has none of"
            : "has the wire type " + wireType + ", which is not its own");
  }

  private static MalformedException past(int position, int type, int tag) {
    return malformed(position, type, tag, "goes past the end of its message");
  }

  private static MalformedException tooDeep(int position, int type) {
    String what = "is nested deeper than " + Schema.DEPTH_MAX + " messages";
    return malformed(position, type, 0, what);
  }

  private static MalformedException malformed(int position, int type, int tag, String what) {
    Message message = Message.of(type);
    @Nullable Field field = Schema.field(message, tag >>> 3);
    String name =
        field != null ? "." + field.name() : tag >>> 3 == 0 ? "" : " field " + (tag >>> 3);
    return new MalformedException(message.protoName() + name + " at byte " + position + " " + what);
  }
}
