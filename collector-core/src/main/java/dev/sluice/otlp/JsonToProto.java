package dev.sluice.otlp;

import dev.sluice.otlp.Field.Kind;
import java.util.Base64;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;

/**
 * Transcodes a request in OTLP/JSON to its protobuf encoding, token by token, driven by {@link
 * Schema}: no tree of either is built. Follows the OTLP specification's "JSON Protobuf Encoding"
 * and the JSON mapping of protobuf: trace and span ids are hex, other bytes base64; names are
 * lowerCamelCase or as in the proto; 64-bit integers are strings or numbers; enums are numbers or
 * names; {@code null} is absence; unknown names are skipped.
 *
 * <p>Refused are a name or a oneof given twice, more than {@value Schema#DEPTH_MAX} nested
 * messages, numbers out of range, and anything after the request. Half of a surrogate pair becomes
 * U+FFFD. The size of the input is the caller's to limit; the output is not larger than a small
 * multiple of it. What comes out passes {@link Validator}.
 *
 * <p>Almost all requests are {@linkplain PlainJson plain} and transcoded by that; this reads any,
 * and says what is wrong. The static methods may be used by any thread.
 */
public final class JsonToProto {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final JsonNames[] NAMES = JsonNames.perMessage(FACTORY);
  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;

  private final JsonParser parser;
  private final WireWriter out;

  private JsonToProto(JsonParser parser, WireWriter out) {
    this.parser = parser;
    this.out = out;
  }

  /** As {@link #request(Signal, byte[], int)}, without a limit. */
  public static byte[] request(Signal signal, byte[] json) {
    return request(signal, json, Integer.MAX_VALUE - 8);
  }

  /**
   * The protobuf encoding of a request in JSON. It can be larger than the JSON: a number of one
   * digit may take eight bytes.
   *
   * @param bytesMax of the encoding; a request that needs more is refused
   * @throws MalformedException with line, column and path of what is wrong
   */
  public static byte[] request(Signal signal, byte[] json, int bytesMax) {
    byte[] plain = PlainJson.request(signal, json, bytesMax);
    return plain != null ? plain : anyRequest(signal, json, bytesMax);
  }

  /**
   * As {@link #request(Signal, byte[], int)}, also for JSON that is not {@linkplain PlainJson
   * plain}.
   */
  static byte[] anyRequest(Signal signal, byte[] json, int bytesMax) {
    Utf8.refuseFf(json);
    WireWriter out = new WireWriter(json.length / 2, bytesMax);
    try (JsonParser parser =
        FACTORY.createParser(ObjectReadContext.empty(), json, 0, json.length)) {
      JsonToProto transcoder = new JsonToProto(parser, out);
      try {
        transcoder.root(Message.request(signal));
      } catch (JacksonException e) {
        throw transcoder.malformed("is not JSON: " + e.getOriginalMessage());
      }
    } catch (JacksonException e) { // before there is a parser, of bytes that look like UTF-32
      throw new MalformedException("the request is not JSON in UTF-8, at line 1, column 1");
    }
    return out.toByteArray();
  }

  private void root(Message type) {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw malformed("is not an object");
    }
    message(type, 0);
    if (parser.nextToken() != null) {
      throw malformed("comes after the request");
    }
  }

  /** Transcodes the fields of an object that was begun; recursion is bounded by the depth. */
  private void message(Message type, int depth) {
    if (depth > Schema.DEPTH_MAX) {
      throw malformed("is nested deeper than " + Schema.DEPTH_MAX + " messages");
    }
    JsonNames names = NAMES[type.id()];
    int seen = 0;
    boolean seenOneof = false;
    while (true) {
      int match = parser.nextNameMatch(names.matcher());
      if (match < 0) {
        if (match == PropertyNameMatcher.MATCH_END_OBJECT) {
          return;
        }
        parser.nextToken();
        parser.skipChildren();
        continue;
      }
      Field field = names.fields()[match];
      JsonToken token = parser.nextToken();
      if (token == JsonToken.VALUE_NULL) {
        continue;
      }
      int bit = 1 << field.number();
      if ((seen & bit) != 0 || (field.oneof() && seenOneof)) {
        throw malformed(field.oneof() ? "is a second value of its oneof" : "is given twice");
      }
      seen |= bit;
      seenOneof |= field.oneof();
      if (field.repeated()) {
        array(field, token, depth);
      } else {
        value(field, token, depth);
      }
    }
  }

  private void array(Field field, JsonToken token, int depth) {
    if (token != JsonToken.START_ARRAY) {
      throw malformed("is not an array");
    }
    if (field.packable()) {
      int mark = out.begin(field.number());
      while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
        packed(field, token);
      }
      out.end(mark);
      return;
    }
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      value(field, token, depth);
    }
  }

  private void packed(Field field, JsonToken token) {
    switch (field.kind()) {
      case DOUBLE -> out.rawFixed64(Double.doubleToRawLongBits(float64(token)));
      case FIXED64 -> out.rawFixed64(integer(field, token));
      default -> out.rawVarint(integer(field, token));
    }
  }

  /** Writes a field; what a proto3 field is when it is absent, is not written. */
  private void value(Field field, JsonToken token, int depth) {
    int number = field.number();
    switch (field.kind()) {
      case MESSAGE -> child(field, token, depth);
      case STRING -> string(field, token);
      case BYTES -> bytes(field, bytes(token));
      case TRACE_ID -> bytes(field, hex(text(token), TRACE_ID_BYTES));
      case SPAN_ID -> bytes(field, hex(text(token), SPAN_ID_BYTES));
      case BOOL -> {
        if (bool(token) || field.presence()) {
          out.varint(number, token == JsonToken.VALUE_TRUE ? 1 : 0);
        }
      }
      case DOUBLE -> {
        long bits = Double.doubleToRawLongBits(float64(token));
        if (bits != 0 || field.presence()) {
          out.fixed64(number, bits);
        }
      }
      default -> {
        long value = integer(field, token);
        if (value != 0 || field.presence()) {
          field.writeInteger(value, out);
        }
      }
    }
  }

  private void child(Field field, JsonToken token, int depth) {
    if (token != JsonToken.START_OBJECT) {
      throw malformed("is not an object");
    }
    int mark = out.begin(field.number());
    message(field.childMessage(), depth + 1);
    out.end(mark);
  }

  private void string(Field field, JsonToken token) {
    if (token != JsonToken.VALUE_STRING) {
      throw malformed("is not a string");
    }
    int length = parser.getStringLength();
    if (length > 0 || field.presence() || field.repeated()) {
      out.string(field.number(), parser.getStringCharacters(), parser.getStringOffset(), length);
    }
  }

  private void bytes(Field field, byte[] value) {
    if (value.length > 0 || field.presence()) {
      out.bytes(field.number(), value, 0, value.length);
    }
  }

  private String text(JsonToken token) {
    if (token != JsonToken.VALUE_STRING) {
      throw malformed("is not a string");
    }
    return parser.getString();
  }

  private byte[] bytes(JsonToken token) {
    String text = text(token);
    try {
      return base64(text);
    } catch (IllegalArgumentException e) {
      throw malformed("is not base64: " + e.getMessage());
    }
  }

  /** Both alphabets, as the JSON mapping of protobuf has it; padding is optional. */
  static byte[] base64(String text) {
    return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
  }

  private byte[] hex(String text, int size) {
    if (!text.isEmpty() && text.length() != 2 * size) {
      throw malformed("is not " + 2 * size + " hexadecimal digits");
    }
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw malformed("is not " + 2 * size + " hexadecimal digits");
    }
  }

  private boolean bool(JsonToken token) {
    if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
      throw malformed("is not true or false");
    }
    return token == JsonToken.VALUE_TRUE;
  }

  private double float64(JsonToken token) {
    try {
      return switch (token) {
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonNumbers.finite(parser.getDoubleValue());
        case VALUE_STRING -> JsonNumbers.float64(parser.getString());
        default -> throw malformed("is not a number");
      };
    } catch (NumberFormatException e) {
      throw malformed("is not a number");
    } catch (ArithmeticException e) {
      throw malformed("is out of the range of a double");
    }
  }

  private long integer(Field field, JsonToken token) {
    boolean number =
        token == JsonToken.VALUE_NUMBER_INT
            || token == JsonToken.VALUE_NUMBER_FLOAT
            || token == JsonToken.VALUE_STRING;
    if (!number) {
      throw malformed("is not a number");
    }
    if (field.kind() == Kind.ENUM && token == JsonToken.VALUE_STRING) {
      int value = field.enumNames().indexOf(parser.getString());
      if (value >= 0) {
        return value;
      }
    }
    try {
      char[] text = parser.getStringCharacters();
      return JsonNumbers.integer(
          field.kind(), text, parser.getStringOffset(), parser.getStringLength());
    } catch (NumberFormatException e) {
      throw malformed(field.kind() == Kind.ENUM ? "is no name of its enum" : "is not a number");
    } catch (ArithmeticException e) {
      throw malformed("is not an integer in the range of " + field.kind());
    }
  }

  private MalformedException malformed(String what) {
    TokenStreamLocation at = parser.currentTokenLocation();
    String path = parser.streamReadContext().pathAsPointer().toString();
    return new MalformedException(
        (path.isEmpty() ? "the request" : path)
            + " at line "
            + at.getLineNr()
            + ", column "
            + at.getColumnNr()
            + " "
            + what);
  }
}
