package dev.sluice.otlp;

import dev.sluice.otlp.Field.Kind;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.HexFormat;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a request as OTLP/JSON, driven by {@link Schema}, in the form that the Collector writes:
 * lowerCamelCase names, hex ids, 64-bit integers as strings, enums as numbers, absent what is zero
 * in proto3. Unknown fields have no place in JSON and are left out. Of a field or oneof that is set
 * twice the last counts, and messages that are set twice are merged, as protobuf has it.
 *
 * <p>For the debug exporter, JSON peers and the console; it allocates. Any thread.
 */
public final class ProtoToJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;

  private ProtoToJson(JsonGenerator json) {
    this.json = json;
  }

  /** The request as JSON in UTF-8. */
  public static byte[] request(Telemetry telemetry) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(telemetry.size() * 2);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      write(json, telemetry);
    }
    return out.toByteArray();
  }

  /** Writes the request as one object. */
  public static void write(JsonGenerator json, Telemetry telemetry) {
    new ProtoToJson(json)
        .message(Message.request(telemetry.signal()), telemetry.bytes(), 0, telemetry.size());
  }

  private void message(Message type, byte[] bytes, int offset, int length) {
    json.writeStartObject();
    WireReader reader = new WireReader();
    Occurrences found = new Occurrences(type, reader.reset(bytes, offset, length));
    for (Field field : Schema.fields(type)) {
      int count = found.count[field.number()];
      if (count == 0) {
        continue;
      }
      if (field.repeated()) {
        json.writeName(field.jsonName());
        array(field, reader.reset(bytes, offset, length));
      } else if (field.kind() == Kind.MESSAGE) {
        json.writeName(field.jsonName());
        child(field, found, reader.reset(bytes, offset, length));
      } else {
        int position = found.last[field.number()];
        singular(field, reader.reset(bytes, position, offset + length - position));
      }
    }
    json.writeEndObject();
  }

  private void singular(Field field, WireReader reader) {
    if (field.presence() || !isZero(field, reader)) {
      json.writeName(field.jsonName());
      value(field, reader);
    }
  }

  private static boolean isZero(Field field, WireReader reader) {
    int position = reader.position();
    int length = reader.limit() - position;
    boolean zero =
        switch (field.kind().wireType()) {
          case WireReader.VARINT -> numberBits(field.kind(), reader.varint()) == 0;
          case WireReader.FIXED64 -> reader.fixed64() == 0;
          case WireReader.FIXED32 -> reader.fixed32() == 0;
          default -> reader.length() == 0;
        };
    reader.reset(reader.array(), position, length);
    return zero;
  }

  private void array(Field field, WireReader reader) {
    json.writeStartArray();
    while (reader.next()) {
      if (reader.field() != field.number()) {
        reader.skip();
      } else if (field.packable() && reader.wireType() == WireReader.LEN) {
        int length = reader.length();
        WireReader packed =
            new WireReader().reset(reader.array(), reader.position() - length, length);
        while (packed.position() < packed.limit()) {
          value(field, packed);
        }
      } else {
        value(field, reader);
      }
    }
    json.writeEndArray();
  }

  /** Writes a message field; when it was set several times, their bytes in a row are the merge. */
  private void child(Field field, Occurrences found, WireReader reader) {
    WireWriter merged = new WireWriter(64);
    int skipped = found.replaced[field.number()];
    boolean several = found.count[field.number()] > 1;
    while (reader.next()) {
      if (reader.field() != field.number() || reader.position() < skipped) {
        reader.skip();
        continue;
      }
      int length = reader.length();
      if (!several) {
        message(field.childMessage(), reader.array(), reader.position() - length, length);
        return;
      }
      merged.raw(reader.array(), reader.position() - length, length);
    }
    message(field.childMessage(), merged.array(), 0, merged.size());
  }

  /** Writes the value at the reader, which steps over it. */
  private void value(Field field, WireReader reader) {
    switch (field.kind()) {
      case MESSAGE -> {
        int length = reader.length();
        message(field.childMessage(), reader.array(), reader.position() - length, length);
      }
      case STRING -> {
        int length = reader.length();
        json.writeUTF8String(reader.array(), reader.position() - length, length);
      }
      case BYTES -> json.writeString(Base64.getEncoder().encodeToString(reader.bytes()));
      case TRACE_ID, SPAN_ID -> json.writeString(HexFormat.of().formatHex(reader.bytes()));
      case BOOL -> json.writeBoolean(reader.varint() != 0);
      case ENUM, INT32, UINT32, SINT32 ->
          json.writeNumber(numberBits(field.kind(), reader.varint()));
      case FIXED32 -> json.writeNumber(Integer.toUnsignedLong(reader.fixed32()));
      case INT64 -> json.writeString(Long.toString(reader.varint()));
      case UINT64 -> json.writeString(Long.toUnsignedString(reader.varint()));
      case FIXED64 -> json.writeString(Long.toUnsignedString(reader.fixed64()));
      case SFIXED64 -> json.writeString(Long.toString(reader.fixed64()));
      case DOUBLE -> float64(reader.float64());
    }
  }

  private void float64(double value) {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeString(Double.toString(value));
    }
  }

  /** The number that a varint is for a kind: those of 32 bits have no more. */
  private static long numberBits(Kind kind, long varint) {
    return switch (kind) {
      case ENUM, INT32 -> (int) varint;
      case UINT32 -> varint & 0xffff_ffffL;
      case SINT32 -> ((int) varint >>> 1) ^ -((int) varint & 1);
      default -> varint;
    };
  }

  /** Where the fields of one message are. */
  private static final class Occurrences {
    final int[] count = new int[Schema.NUMBER_MAX];

    /** The offset of the last value, after its tag. */
    final int[] last = new int[Schema.NUMBER_MAX];

    /** Values before this offset were replaced by another member of the oneof. */
    final int[] replaced = new int[Schema.NUMBER_MAX];

    Occurrences(Message type, WireReader reader) {
      int member = 0;
      while (reader.next()) {
        Field field = Schema.field(type, reader.field());
        if (field != null) {
          if (field.oneof() && field.number() != member) {
            count[member] = 0;
            member = field.number();
            replaced[member] = reader.position();
          }
          count[field.number()]++;
          last[field.number()] = reader.position();
        }
        reader.skip();
      }
    }
  }
}
