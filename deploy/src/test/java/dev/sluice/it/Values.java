package dev.sluice.it;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Attributes as text that shows kind and value, the same whether they came as OTLP/JSON or as
 * protobuf: {@code "text"}, {@code 42}, {@code 0.5}, {@code true}, {@code [1, 2]}, {@code {a=1}},
 * {@code bytes 00ff}.
 */
final class Values {
  private Values() {}

  /** Attributes of a message. */
  static Map<String, String> of(List<KeyValue> attributes) {
    Map<String, String> values = new TreeMap<>();
    attributes.forEach(attribute -> values.put(attribute.getKey(), of(attribute.getValue())));
    return values;
  }

  static String of(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> quoted(value.getStringValue());
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case BYTES_VALUE -> bytes(value.getBytesValue().toByteArray());
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream().map(Values::of).toList().toString();
      case KVLIST_VALUE -> of(value.getKvlistValue().getValuesList()).toString();
      default -> "nothing";
    };
  }

  /** Attributes of a JSON object. */
  static Map<String, String> of(Json attributes) {
    return attributes.items().stream()
        .collect(
            Collectors.toMap(
                attribute -> attribute.get("key").text(),
                attribute -> value(attribute.get("value")),
                (one, other) -> one + " and " + other,
                TreeMap::new));
  }

  static String value(Json value) {
    for (Map.Entry<String, Json> field : value.fields().entrySet()) {
      Json content = field.getValue();
      return switch (field.getKey()) {
        case "stringValue" -> quoted(content.text());
        case "intValue" -> Long.toString(content.number());
        case "doubleValue" -> Double.toString(content.decimal());
        case "boolValue" -> content.text();
        case "bytesValue" -> bytes(Base64.getDecoder().decode(content.text()));
        case "arrayValue" ->
            content.get("values").items().stream().map(Values::value).toList().toString();
        case "kvlistValue" -> of(content.get("values")).toString();
        default -> "unknown " + field;
      };
    }
    return "nothing";
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static String bytes(byte[] bytes) {
    return "bytes " + HexFormat.of().formatHex(bytes);
  }
}
