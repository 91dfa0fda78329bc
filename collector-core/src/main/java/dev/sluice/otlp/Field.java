package dev.sluice.otlp;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One field of a message of the OTLP schema. Immutable.
 *
 * @param name as in the proto, {@code trace_id}
 * @param jsonName as in OTLP/JSON, {@code traceId}
 * @param oneof whether it is a member of its message's only oneof
 * @param presence whether zero that was set differs from what was not set
 * @param child the type of a {@link Kind#MESSAGE}
 * @param enumNames the names of a {@link Kind#ENUM}'s values, by number; otherwise empty
 */
record Field(
    int number,
    String name,
    String jsonName,
    Kind kind,
    boolean repeated,
    boolean oneof,
    boolean presence,
    @Nullable Message child,
    List<String> enumNames) {

  /** The types of the protobuf language, with the two kinds of id told from other bytes. */
  enum Kind {
    STRING(WireReader.LEN),
    BYTES(WireReader.LEN),
    TRACE_ID(WireReader.LEN),
    SPAN_ID(WireReader.LEN),
    MESSAGE(WireReader.LEN),
    BOOL(WireReader.VARINT),
    ENUM(WireReader.VARINT),
    INT32(WireReader.VARINT),
    UINT32(WireReader.VARINT),
    SINT32(WireReader.VARINT),
    INT64(WireReader.VARINT),
    UINT64(WireReader.VARINT),
    FIXED32(WireReader.FIXED32),
    FIXED64(WireReader.FIXED64),
    SFIXED64(WireReader.FIXED64),
    DOUBLE(WireReader.FIXED64);

    private final int wireType;

    Kind(int wireType) {
      this.wireType = wireType;
    }

    int wireType() {
      return wireType;
    }
  }

  static Field scalar(int number, String name, Kind kind) {
    return new Field(number, name, camel(name), kind, false, false, false, null, List.of());
  }

  static Field message(int number, String name, Message child) {
    return new Field(number, name, camel(name), Kind.MESSAGE, false, false, true, child, List.of());
  }

  /** An enum field; {@code names} are its values' names without {@code prefix}. */
  static Field enumeration(int number, String name, String prefix, String... names) {
    List<String> full = List.of(names).stream().map(prefix::concat).toList();
    return new Field(number, name, camel(name), Kind.ENUM, false, false, false, null, full);
  }

  Field asRepeated() {
    return new Field(number, name, jsonName, kind, true, false, false, child, enumNames);
  }

  Field asOptional() {
    return new Field(number, name, jsonName, kind, false, false, true, child, enumNames);
  }

  Field asOneof() {
    return new Field(number, name, jsonName, kind, false, true, true, child, enumNames);
  }

  /** Whether a repetition of this field may be packed: proto3 packs all numbers. */
  boolean packable() {
    return repeated && kind.wireType() != WireReader.LEN;
  }

  /** Writes this field with an integer, as its kind is encoded. */
  void writeInteger(long value, WireWriter out) {
    switch (kind) {
      case FIXED32 -> out.fixed32(number, (int) value);
      case FIXED64, SFIXED64 -> out.fixed64(number, value);
      case SINT32 -> out.zigzag(number, value);
      default -> out.varint(number, value);
    }
  }

  /** The child of a field that is known to be a message. */
  Message childMessage() {
    if (child == null) {
      throw new IllegalStateException(name + " is no message");
    }
    return child;
  }

  private static String camel(String snake) {
    StringBuilder camel = new StringBuilder();
    for (String word : snake.split("_", -1)) {
      camel.append(
          camel.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return camel.toString();
  }
}
