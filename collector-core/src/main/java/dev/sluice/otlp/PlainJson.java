package dev.sluice.otlp;

import dev.sluice.otlp.Field.Kind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Transcodes a request in plain OTLP/JSON to its protobuf encoding, bytes to bytes, driven by
 * {@link Schema}. Hot path, measured by {@code ValidatorBenchmark}: no tokens, no strings. Used
 * once, by one thread.
 *
 * <p>Plain is what SDKs and collectors write: well-formed, in UTF-8, known names once each without
 * escapes, integers as digits, no nesting to speak of. For such a request the outcome is that of
 * {@link JsonToProto}, which tests hold it to; any other is left to that, and so is every refusal.
 */
final class PlainJson {
  private static final PlainNames[] NAMES = PlainNames.perMessage();
  private static final int NAMES_MAX = 64;
  private static final int DEPTH_MAX = 50;
  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;

  private static final Words KEY = new Words("{\"key\":\"");
  private static final Words STRING_VALUE = new Words(",\"value\":{\"stringValue\":\"");
  private static final Field KEY_FIELD = known(Message.KEY_VALUE, Otlp.KeyValue.KEY);
  private static final Field STRING_FIELD = known(Message.ANY_VALUE, Otlp.AnyValue.STRING_VALUE);

  private final JsonInput in;
  private final WireWriter out;

  /**
   * Per message and name: one more than the name that came after it the last time, or 0. To look
   * for that first takes 200 ns less a span.
   */
  private final byte[] after = new byte[NAMES.length * NAMES_MAX];

  private static Field known(Message message, int number) {
    return Objects.requireNonNull(Schema.field(message, number));
  }

  private PlainJson(byte[] json, int bytesMax) {
    in = new JsonInput(json);
    out = new WireWriter(json.length / 2 + 64, bytesMax);
  }

  /** The protobuf encoding of a request; null when it is not plain, or larger than allowed. */
  static byte @Nullable [] request(Signal signal, byte[] json, int bytesMax) {
    PlainJson transcoder = new PlainJson(json, bytesMax);
    try {
      transcoder.root(Message.request(signal));
    } catch (NotPlainException
        | MalformedException
        | ArithmeticException
        | IllegalArgumentException e) {
      return null;
    }
    return transcoder.out.toByteArray();
  }

  private void root(Message type) {
    in.expect('{');
    message(type, 0);
    if (in.peek() != 0) {
      throw new NotPlainException();
    }
  }

  /** Transcodes the fields of an object that was begun; recursion is bounded by the depth. */
  private void message(Message type, int depth) {
    if (depth > DEPTH_MAX) {
      throw new NotPlainException();
    }
    if (!in.take('}')) {
      fields(type, depth, 0, false, PlainNames.NONE);
    }
  }

  /** Transcodes fields from a name on, after those that were {@code seen} already. */
  private void fields(Message type, int depth, int seenBefore, boolean oneofBefore, int before) {
    PlainNames names = NAMES[type.id()];
    int seen = seenBefore;
    boolean seenOneof = oneofBefore;
    int last = before;
    do {
      last = name(type, names, last);
      if (in.peek() == 'n') {
        in.expectLiteral("null");
        continue;
      }
      Field field = names.field(last);
      int bit = 1 << field.number();
      if ((seen & bit) != 0 || (field.oneof() && seenOneof)) {
        throw new NotPlainException();
      }
      seen |= bit;
      seenOneof |= field.oneof();
      if (field.repeated()) {
        array(names, last, depth);
      } else {
        value(names, last, depth);
      }
    } while (in.more('}'));
  }

  private int name(Message type, PlainNames names, int last) {
    int slot = type.id() * NAMES_MAX + last + 1;
    int known = after[slot] - 1;
    int likely = known >= 0 ? known : last + 1;
    int name = in.name(names, likely < names.count() ? likely : 0);
    if (name != likely) {
      after[slot] = (byte) (name + 1);
    }
    return name;
  }

  private void array(PlainNames names, int name, int depth) {
    Field field = names.field(name);
    in.expect('[');
    if (field.packable()) {
      int mark = out.begin(field.number());
      if (!in.take(']')) {
        do {
          packed(names, name);
        } while (in.more(']'));
      }
      out.end(mark);
    } else if (!in.take(']')) {
      do {
        if (field.child() != Message.KEY_VALUE || !attribute(field, depth)) {
          value(names, name, depth);
        }
      } while (in.more(']'));
    }
  }

  private void packed(PlainNames names, int name) {
    switch (names.field(name).kind()) {
      case DOUBLE -> out.rawFixed64(Double.doubleToRawLongBits(float64()));
      case FIXED64 -> out.rawFixed64(integer(names, name));
      default -> out.rawVarint(integer(names, name));
    }
  }

  /** Writes a field; what a proto3 field is when it is absent, is not written. */
  private void value(PlainNames names, int name, int depth) {
    Field field = names.field(name);
    switch (field.kind()) {
      case MESSAGE -> {
        in.expect('{');
        child(field, depth);
      }
      case STRING -> {
        in.expect('"');
        string(field);
      }
      case BYTES -> bytes(field);
      case TRACE_ID -> id(field, TRACE_ID_BYTES);
      case SPAN_ID -> id(field, SPAN_ID_BYTES);
      case BOOL -> bool(field);
      case DOUBLE -> {
        long bits = Double.doubleToRawLongBits(float64());
        if (bits != 0 || field.presence()) {
          out.fixed64(field.number(), bits);
        }
      }
      default -> {
        long value = integer(names, name);
        if (value != 0 || field.presence()) {
          field.writeInteger(value, out);
        }
      }
    }
  }

  private void child(Field field, int depth) {
    int mark = out.begin(field.number());
    message(field.childMessage(), depth + 1);
    out.end(mark);
  }

  /**
   * Transcodes an attribute, which most of a request is, in 40 ns less than field by field: one in
   * compact JSON with a string as its value, or the start of any other; false when the next bytes
   * are something else, and nothing was done.
   */
  private boolean attribute(Field field, int depth) {
    if (!in.takeWords(KEY)) {
      return false;
    }
    int mark = out.begin(field.number());
    string(KEY_FIELD);
    if (in.takeWords(STRING_VALUE)) {
      int value = out.begin(Otlp.KeyValue.VALUE);
      string(STRING_FIELD);
      in.expect('}');
      out.end(value);
      in.expect('}');
    } else if (in.more('}')) {
      fields(Message.KEY_VALUE, depth + 1, 1 << Otlp.KeyValue.KEY, false, 0);
    }
    out.end(mark);
    return true;
  }

  private void string(Field field) {
    int start = out.size();
    int mark = out.begin(field.number());
    in.copyString(out);
    if (out.size() == mark && !field.presence() && !field.repeated()) {
      out.truncate(start);
    } else {
      out.end(mark);
    }
  }

  private void id(Field field, int size) {
    in.expect('"');
    if (in.takeHere('"')) {
      return;
    }
    int mark = out.begin(field.number());
    in.copyHex(size, out);
    out.end(mark);
  }

  private void bytes(Field field) {
    in.expect('"');
    byte[] value = JsonToProto.base64(in.ascii());
    if (value.length > 0 || field.presence()) {
      out.bytes(field.number(), value, 0, value.length);
    }
  }

  private void bool(Field field) {
    boolean value = in.peek() == 't';
    in.expectLiteral(value ? "true" : "false");
    if (value || field.presence()) {
      out.varint(field.number(), value ? 1 : 0);
    }
  }

  private double float64() {
    return in.take('"') ? JsonNumbers.float64(in.ascii()) : JsonNumbers.finite(in.float64());
  }

  private long integer(PlainNames names, int name) {
    Kind kind = names.field(name).kind();
    if (kind == Kind.ENUM) {
      int value = in.oneOf(names.enumNames(name));
      if (value >= 0) {
        return value;
      }
    }
    return JsonNumbers.inRange(kind, in.integer());
  }
}
