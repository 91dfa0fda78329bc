package dev.sluice.it;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON value to ask questions of. What is not there is a value too, without items or text, so
 * that a path can be walked without checks.
 *
 * @param value a map, a list, a string, a {@link BigDecimal}, a boolean, or null
 */
record Json(@Nullable Object value) {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Json NOTHING = new Json(null);

  /** Parses a whole text. */
  static Json parse(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      return new Json(read(parser));
    }
  }

  private static @Nullable Object read(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IllegalArgumentException("unexpected " + token);
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, read(parser));
    }
    return fields;
  }

  private static List<@Nullable Object> array(JsonParser parser) {
    List<@Nullable Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(read(parser));
    }
    return items;
  }

  /** The field of an object. */
  Json get(String name) {
    return value instanceof Map<?, ?> fields && fields.containsKey(name)
        ? new Json(fields.get(name))
        : NOTHING;
  }

  /** The item of an array. */
  Json get(int index) {
    return value instanceof List<?> items && index < items.size()
        ? new Json(items.get(index))
        : NOTHING;
  }

  boolean has(String name) {
    return value instanceof Map<?, ?> fields && fields.containsKey(name);
  }

  boolean isEmpty() {
    return value == null || value instanceof List<?> items && items.isEmpty();
  }

  /** The items of an array; none for anything else. */
  List<Json> items() {
    return value instanceof List<?> items ? items.stream().map(Json::new).toList() : List.of();
  }

  /** The fields of an object; none for anything else. */
  Map<String, Json> fields() {
    Map<String, Json> all = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> fields) {
      fields.forEach((name, field) -> all.put(String.valueOf(name), new Json(field)));
    }
    return all;
  }

  /** A string or number as text; empty when there is none. */
  String text() {
    return switch (value) {
      case null -> "";
      case BigDecimal number -> number.toPlainString();
      default -> value.toString();
    };
  }

  /** A number, also when it is written as a string; 0 when there is none. */
  long number() {
    return text().isEmpty() ? 0 : new BigDecimal(text()).longValueExact();
  }

  /** A number, also when it is written as a string or by name, as {@code NaN}. */
  double decimal() {
    return switch (text()) {
      case "" -> 0;
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text());
    };
  }

  @Override
  public String toString() {
    return String.valueOf(value);
  }
}
