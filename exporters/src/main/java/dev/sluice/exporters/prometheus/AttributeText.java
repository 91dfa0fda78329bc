package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * The text of an {@code AnyValue} as a label value, as the Collector's {@code AsString} gives it:
 * strings as they are, numbers as Go writes them, bytes in base64, lists and maps as JSON with
 * sorted keys. Invalid UTF-8 becomes U+FFFD. Not on the hot path: label sets are kept.
 */
final class AttributeText {
  private static final String HEX = "0123456789abcdef";

  private AttributeText() {}

  /** The text of the value in {@code reader}'s message; empty when it has none. */
  static String of(WireReader value) {
    String text = "";
    while (value.next()) {
      text = field(value, text);
    }
    return text;
  }

  /** The value of a {@code KeyValue}'s current field {@code value}. */
  static String entered(WireReader keyValue) {
    return of(keyValue.enter(new WireReader()));
  }

  private static String field(WireReader value, String before) {
    return switch (value.field()) {
      case Otlp.AnyValue.STRING_VALUE -> value.string();
      case Otlp.AnyValue.BOOL_VALUE -> value.varint() != 0 ? "true" : "false";
      case Otlp.AnyValue.INT_VALUE -> Long.toString(value.varint());
      case Otlp.AnyValue.DOUBLE_VALUE -> doubleText(value.float64());
      case Otlp.AnyValue.BYTES_VALUE -> Base64.getEncoder().encodeToString(value.bytes());
      case Otlp.AnyValue.ARRAY_VALUE -> whole(list(value));
      case Otlp.AnyValue.KVLIST_VALUE -> whole(map(value));
      default -> {
        value.skip();
        yield before;
      }
    };
  }

  private static String doubleText(double value) {
    boolean finite = !Double.isNaN(value) && !Double.isInfinite(value);
    return finite ? GoFloat.json(value) : "json: unsupported value: " + GoFloat.special(value);
  }

  /** JSON in whole; empty when a part has no JSON, which is what Go's encoder leaves. */
  private static String whole(Json json) {
    return json.broken ? "" : json.text.toString();
  }

  private static Json list(WireReader value) {
    Json json = new Json();
    json.list(value);
    return json;
  }

  private static Json map(WireReader value) {
    Json json = new Json();
    json.map(value);
    return json;
  }

  /** JSON being written, with the escapes of Go's encoder. */
  private static final class Json {
    private final StringBuilder text = new StringBuilder();
    private boolean broken;

    private void list(WireReader holder) {
      WireReader list = holder.enter(new WireReader());
      text.append('[');
      String separator = "";
      while (list.next()) {
        if (list.field() != Otlp.ArrayValue.VALUES) {
          list.skip();
          continue;
        }
        text.append(separator);
        value(list.enter(new WireReader()));
        separator = ",";
      }
      text.append(']');
    }

    private void map(WireReader holder) {
      WireReader list = holder.enter(new WireReader());
      Map<String, String> entries = new TreeMap<>(AttributeText::compareUtf8);
      while (list.next()) {
        if (list.field() == Otlp.KeyValueList.VALUES) {
          entry(list.enter(new WireReader()), entries);
        } else {
          list.skip();
        }
      }
      text.append('{');
      String separator = "";
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        text.append(separator);
        quoted(entry.getKey());
        text.append(':').append(entry.getValue());
        separator = ",";
      }
      text.append('}');
    }

    private void entry(WireReader keyValue, Map<String, String> entries) {
      String key = "";
      Json json = new Json();
      while (keyValue.next()) {
        switch (keyValue.field()) {
          case Otlp.KeyValue.KEY -> key = keyValue.string();
          case Otlp.KeyValue.VALUE -> json.value(keyValue.enter(new WireReader()));
          default -> keyValue.skip();
        }
      }
      broken |= json.broken;
      entries.put(key, json.text.isEmpty() ? "null" : json.text.toString());
    }

    private void value(WireReader value) {
      int start = text.length();
      while (value.next()) {
        text.setLength(start);
        switch (value.field()) {
          case Otlp.AnyValue.STRING_VALUE -> quoted(value.string());
          case Otlp.AnyValue.BOOL_VALUE -> text.append(value.varint() != 0);
          case Otlp.AnyValue.INT_VALUE -> text.append(value.varint());
          case Otlp.AnyValue.DOUBLE_VALUE -> number(value.float64());
          case Otlp.AnyValue.BYTES_VALUE ->
              text.append('"')
                  .append(Base64.getEncoder().encodeToString(value.bytes()))
                  .append('"');
          case Otlp.AnyValue.ARRAY_VALUE -> list(value);
          case Otlp.AnyValue.KVLIST_VALUE -> map(value);
          default -> value.skip();
        }
      }
      if (text.length() == start) {
        text.append("null");
      }
    }

    private void number(double value) {
      if (Double.isFinite(value)) {
        text.append(GoFloat.json(value));
      } else {
        broken = true;
      }
    }

    private void quoted(String string) {
      text.append('"');
      for (int i = 0; i < string.length(); i++) {
        escaped(string.charAt(i));
      }
      text.append('"');
    }

    private void escaped(char c) {
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\u2028', '\u2029' -> unicode(c);
        default -> {
          if (c < ' ') {
            unicode(c);
          } else {
            text.append(c);
          }
        }
      }
    }

    private void unicode(char c) {
      text.append("\\u");
      for (int shift = 12; shift >= 0; shift -= 4) {
        text.append(HEX.charAt((c >>> shift) & 0xf));
      }
    }
  }

  /** Compares as Go compares strings: by the bytes of their UTF-8. */
  static int compareUtf8(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char one = left.charAt(i);
      char other = right.charAt(i);
      if (one != other) {
        return inUtf8(one) - inUtf8(other);
      }
    }
    return left.length() - right.length();
  }

  /**
   * Where UTF-8 sorts a char: surrogates, of which characters beyond 0xffff are made, come last.
   */
  private static int inUtf8(char c) {
    return Character.isSurrogate(c) ? c + 0x10000 : c;
  }
}
