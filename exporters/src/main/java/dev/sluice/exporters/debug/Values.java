package dev.sluice.exporters.debug;

import dev.sluice.otlp.Otlp;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Attribute values and numbers as the Collector writes them. */
final class Values {
  private static final JsonFactory JSON = new JsonFactory();

  private Values() {}

  /** Attributes as {@code key=value}. */
  static List<String> pairs(List<Fields> attributes) {
    List<String> pairs = new ArrayList<>();
    for (Fields attribute : attributes) {
      Fields value = attribute.message(Otlp.KeyValue.VALUE);
      pairs.add(attribute.text(Otlp.KeyValue.KEY) + "=" + text(value));
    }
    return pairs;
  }

  /** A value with its type: {@code Str(shop)}. */
  static String typed(Fields value) {
    return type(value) + "(" + text(value) + ")";
  }

  private static String type(Fields value) {
    return switch (kind(value)) {
      case Otlp.AnyValue.STRING_VALUE -> "Str";
      case Otlp.AnyValue.BOOL_VALUE -> "Bool";
      case Otlp.AnyValue.INT_VALUE -> "Int";
      case Otlp.AnyValue.DOUBLE_VALUE -> "Double";
      case Otlp.AnyValue.ARRAY_VALUE -> "Slice";
      case Otlp.AnyValue.KVLIST_VALUE -> "Map";
      case Otlp.AnyValue.BYTES_VALUE -> "Bytes";
      default -> "Empty";
    };
  }

  /** A value as text; maps and arrays as JSON, bytes as base64. */
  static String text(Fields value) {
    int kind = kind(value);
    return switch (kind) {
      case Otlp.AnyValue.STRING_VALUE -> value.text(kind);
      case Otlp.AnyValue.BOOL_VALUE -> String.valueOf(value.varint(kind) != 0);
      case Otlp.AnyValue.INT_VALUE -> String.valueOf(value.varint(kind));
      case Otlp.AnyValue.DOUBLE_VALUE -> number(value.float64(kind));
      case Otlp.AnyValue.BYTES_VALUE -> Base64.getEncoder().encodeToString(value.bytes(kind));
      case Otlp.AnyValue.ARRAY_VALUE, Otlp.AnyValue.KVLIST_VALUE -> json(value);
      default -> "";
    };
  }

  private static int kind(Fields value) {
    for (int field = Otlp.AnyValue.BYTES_VALUE; field >= Otlp.AnyValue.STRING_VALUE; field--) {
      if (value.has(field)) {
        return field;
      }
    }
    return 0;
  }

  private static String json(Fields value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      write(json, value);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Fields value) {
    int kind = kind(value);
    switch (kind) {
      case Otlp.AnyValue.STRING_VALUE, Otlp.AnyValue.BYTES_VALUE -> json.writeString(text(value));
      case Otlp.AnyValue.BOOL_VALUE -> json.writeBoolean(value.varint(kind) != 0);
      case Otlp.AnyValue.INT_VALUE -> json.writeNumber(value.varint(kind));
      case Otlp.AnyValue.DOUBLE_VALUE -> json.writeNumber(value.float64(kind));
      case Otlp.AnyValue.ARRAY_VALUE -> {
        json.writeStartArray();
        for (Fields element : value.message(kind).messages(Otlp.ArrayValue.VALUES)) {
          write(json, element);
        }
        json.writeEndArray();
      }
      case Otlp.AnyValue.KVLIST_VALUE -> {
        json.writeStartObject();
        for (Fields pair : value.message(kind).messages(Otlp.KeyValueList.VALUES)) {
          json.writeName(pair.text(Otlp.KeyValue.KEY));
          write(json, pair.message(Otlp.KeyValue.VALUE));
        }
        json.writeEndObject();
      }
      default -> json.writeNull();
    }
  }

  /**
   * The shortest decimal that reads back as {@code value}, with an exponent only where it is long.
   */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    double size = Math.abs(value);
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    boolean plain = size == 0 || (size >= 1e-6 && size < 1e21);
    return plain ? decimal.toPlainString() : decimal.toString().toLowerCase(Locale.ROOT);
  }

  /** Six digits after the point. */
  static String fixed(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%f", value) : number(value);
  }
}
