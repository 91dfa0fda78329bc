package dev.sluice.otlp;

import org.jspecify.annotations.Nullable;

/**
 * What {@link Validator} does with a field, by the message it is in and its tag: {@link Schema} as
 * tables of bytes.
 */
final class Actions {
  // What to do with a field. Messages are MESSAGE + the id of the child.
  static final byte REFUSE = 0;
  static final byte VARINT = 1;
  static final byte FIXED64 = 2;
  static final byte FIXED32 = 3;
  static final byte BYTES = 4;
  static final byte STRING = 5;
  static final byte TRACE_ID = 6;
  static final byte SPAN_ID = 7;
  static final byte PACKED_VARINTS = 8;
  static final byte PACKED_FIXED64 = 9;
  static final byte MESSAGE = 16;

  /** Tags below this have their action in the table: fields 1 to 31. */
  private static final int TAGS = 256;

  /** The table's index is a message's id above so many bits of tag. */
  static final int TAG_BITS = 8;

  private Actions() {}

  /** The action for a field that the schema does not have. */
  static int unknown(int tag) {
    return switch (tag & 7) {
      case WireReader.VARINT -> VARINT;
      case WireReader.FIXED64 -> FIXED64;
      case WireReader.LEN -> BYTES;
      case WireReader.FIXED32 -> FIXED32;
      default -> REFUSE;
    };
  }

  static byte[] table() {
    byte[] actions = new byte[Message.values().length << TAG_BITS];
    for (Message message : Message.values()) {
      for (int tag = 8; tag < TAGS; tag++) {
        @Nullable Field field = Schema.field(message, tag >>> 3);
        int action = field == null ? unknown(tag) : known(field, tag & 7);
        actions[message.id() << TAG_BITS | tag] = (byte) action;
      }
    }
    return actions;
  }

  private static int known(Field field, int wireType) {
    if (field.packable() && wireType == WireReader.LEN) {
      return field.kind().wireType() == WireReader.VARINT ? PACKED_VARINTS : PACKED_FIXED64;
    }
    if (field.kind().wireType() != wireType) {
      return REFUSE;
    }
    return switch (field.kind()) {
      case STRING -> STRING;
      case BYTES -> BYTES;
      case TRACE_ID -> TRACE_ID;
      case SPAN_ID -> SPAN_ID;
      case MESSAGE -> MESSAGE + field.childMessage().id();
      case BOOL, ENUM, INT32, UINT32, SINT32, INT64, UINT64 -> VARINT;
      case FIXED32 -> FIXED32;
      case FIXED64, SFIXED64, DOUBLE -> FIXED64;
    };
  }

  /** For each message the items that it is itself: one or none. */
  static byte[] itemTable() {
    byte[] items = new byte[Message.values().length];
    for (Message message : Message.values()) {
      items[message.id()] = (byte) (message.isItem() ? 1 : 0);
    }
    return items;
  }

  /** For each message whether it is the data of a metric. */
  static boolean[] dataTable() {
    boolean[] data = new boolean[Message.values().length];
    for (Field field : Schema.fields(Message.METRIC)) {
      if (field.oneof()) {
        data[field.childMessage().id()] = true;
      }
    }
    return data;
  }
}
