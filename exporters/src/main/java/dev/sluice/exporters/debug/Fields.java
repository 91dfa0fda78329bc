package dev.sluice.exporters.debug;

import dev.sluice.otlp.WireReader;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One protobuf message, whose fields are found by number in any order. Each question reads the
 * message anew. A singular field that is there twice has its last value.
 */
final class Fields {
  private static final Fields EMPTY = new Fields(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int length;

  Fields(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  boolean has(int field) {
    return last(field) != null;
  }

  /** A string; empty when absent. */
  String text(int field) {
    WireReader reader = last(field);
    return reader == null ? "" : reader.string();
  }

  /** Bytes in hex; empty when absent. */
  String hex(int field) {
    return HexFormat.of().formatHex(bytes(field));
  }

  byte[] bytes(int field) {
    WireReader reader = last(field);
    return reader == null ? new byte[0] : reader.bytes();
  }

  /** A varint; 0 when absent. */
  long varint(int field) {
    WireReader reader = last(field);
    return reader == null ? 0 : reader.varint();
  }

  /** A zigzag varint; 0 when absent. */
  long zigzag(int field) {
    WireReader reader = last(field);
    return reader == null ? 0 : reader.zigzag();
  }

  long fixed64(int field) {
    WireReader reader = last(field);
    return reader == null ? 0 : reader.fixed64();
  }

  int fixed32(int field) {
    WireReader reader = last(field);
    return reader == null ? 0 : reader.fixed32();
  }

  double float64(int field) {
    return Double.longBitsToDouble(fixed64(field));
  }

  /** A message; one without fields when absent. */
  Fields message(int field) {
    WireReader reader = last(field);
    return reader == null ? EMPTY : child(reader);
  }

  /** The messages of a repeated field. */
  List<Fields> messages(int field) {
    List<Fields> messages = new ArrayList<>();
    for (WireReader reader = reader(); reader.next(); ) {
      if (reader.field() == field) {
        messages.add(child(reader));
      } else {
        reader.skip();
      }
    }
    return messages;
  }

  /** The strings of a repeated field. */
  List<String> texts(int field) {
    List<String> texts = new ArrayList<>();
    for (WireReader reader = reader(); reader.next(); ) {
      if (reader.field() == field) {
        texts.add(reader.string());
      } else {
        reader.skip();
      }
    }
    return texts;
  }

  /** The numbers of a repeated {@code fixed64} or {@code double} field, packed or not, as bits. */
  List<Long> fixed64s(int field) {
    return numbers(field, true);
  }

  /** The numbers of a repeated varint field, packed or not. */
  List<Long> varints(int field) {
    return numbers(field, false);
  }

  private List<Long> numbers(int field, boolean fixed) {
    List<Long> numbers = new ArrayList<>();
    for (WireReader reader = reader(); reader.next(); ) {
      if (reader.field() != field) {
        reader.skip();
      } else if (reader.wireType() == WireReader.LEN) {
        WireReader packed = reader.enter(new WireReader());
        while (packed.position() < packed.limit()) {
          numbers.add(fixed ? packed.fixed64() : packed.varint());
        }
      } else {
        numbers.add(fixed ? reader.fixed64() : reader.varint());
      }
    }
    return numbers;
  }

  private @Nullable WireReader last(int field) {
    int position = -1;
    for (WireReader reader = reader(); reader.next(); reader.skip()) {
      if (reader.field() == field) {
        position = reader.position();
      }
    }
    return position < 0
        ? null
        : new WireReader().reset(array, position, offset + length - position);
  }

  private WireReader reader() {
    return new WireReader().reset(array, offset, length);
  }

  private static Fields child(WireReader reader) {
    int size = reader.length();
    return new Fields(reader.array(), reader.position() - size, size);
  }
}
