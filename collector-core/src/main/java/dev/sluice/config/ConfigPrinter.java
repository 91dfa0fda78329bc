package dev.sluice.config;

import dev.sluice.config.Node.Fields;
import dev.sluice.config.Node.Items;
import dev.sluice.config.Node.Scalar;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes a configuration as block YAML that reads back as the same values. One use. */
final class ConfigPrinter {
  static final String REDACTED = "[REDACTED]";
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_./][A-Za-z0-9_./@+-]*");
  private static final String INDENT = "  ";

  private final @Nullable Secrets secrets;
  private final StringBuilder out = new StringBuilder();

  /** A printer that hides what {@code secrets} says, or nothing when it is null. */
  ConfigPrinter(@Nullable Secrets secrets) {
    this.secrets = secrets;
  }

  String print(Fields root) {
    fields(root, "", "", false);
    return out.toString();
  }

  private void fields(Fields map, String path, String indent, boolean hidden) {
    map.fields()
        .forEach((key, field) -> {
          String at = Node.path(path, key);
          out.append(indent).append(text(key)).append(':');
          value(field.value(), at, indent, hidden || secret(at, key));
        });
  }

  private void items(Items list, String path, String indent, boolean hidden) {
    int index = 0;
    for (Node item : list.items()) {
      String at = Node.path(path, String.valueOf(index++));
      out.append(indent).append('-');
      value(item, at, indent, hidden || secret(at, ""));
    }
  }

  private void value(Node value, String path, String indent, boolean hidden) {
    switch (value) {
      case Fields map when !map.fields().isEmpty() -> {
        out.append('\n');
        fields(map, path, indent + INDENT, hidden);
      }
      case Items list when !list.items().isEmpty() -> {
        out.append('\n');
        items(list, path, indent + INDENT, hidden);
      }
      case Fields _ -> out.append(" {}\n");
      case Items _ -> out.append(" []\n");
      case Scalar scalar -> scalar(scalar, hidden);
    }
  }

  private void scalar(Scalar scalar, boolean hidden) {
    Object value = scalar.value();
    if (value == null) {
      out.append('\n');
    } else if (hidden) {
      out.append(' ').append(quoted(REDACTED)).append('\n');
    } else {
      out.append(' ').append(asWritten(scalar, value) ? scalar.original() : text(shown(value)));
      out.append('\n');
    }
  }

  /**
   * Whether a substituted number or boolean reads back from its text, which may be {@code 0123}.
   */
  private static boolean asWritten(Scalar scalar, Object value) {
    return scalar.original() != null
        && !(value instanceof String)
        && value.equals(PlainScalar.typed(scalar.original()));
  }

  private boolean secret(String path, String key) {
    return secrets != null && secrets.secret(path, key);
  }

  private Object shown(Object value) {
    return secrets != null && value instanceof String text ? Secrets.withoutUserInfo(text) : value;
  }

  private static String text(@Nullable Object value) {
    return value instanceof String string && !bare(string) ? quoted(string) : number(value);
  }

  private static String number(@Nullable Object value) {
    if (value instanceof Double number && (number.isInfinite() || number.isNaN())) {
      return number.isNaN() ? ".nan" : number > 0 ? ".inf" : "-.inf";
    }
    return String.valueOf(value);
  }

  /** Whether a string needs no quotes to be read back as itself, here and by other parsers. */
  private static boolean bare(String text) {
    return BARE.matcher(text).matches() && PlainScalar.typed(text) instanceof String;
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        case '\r' -> quoted.append("\\r");
        default -> {
          if (c < ' ' || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF) {
            quoted.append("\\u%04x".formatted((int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
