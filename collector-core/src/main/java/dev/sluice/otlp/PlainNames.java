package dev.sluice.otlp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The names that the fields of one message have in JSON, as they stand in compact JSON: {@code
 * traceId":}. Hot path, measured by {@code ValidatorBenchmark}: the likeliest is looked for first.
 * Immutable.
 */
final class PlainNames {
  static final int NONE = -1;

  private final Field[] fields;
  private final byte[][] names;
  private final Words[] words;
  private final byte[][][] enumNames;

  /** The names of a message: in the order of the proto, first as in JSON, then as in the proto. */
  PlainNames(Field[] all) {
    List<Field> named = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Field field : all) {
      named.add(field);
      texts.add(field.jsonName());
    }
    for (Field field : all) {
      if (!field.name().equals(field.jsonName())) {
        named.add(field);
        texts.add(field.name());
      }
    }
    fields = named.toArray(new Field[0]);
    names = texts.stream().map(PlainNames::ascii).toArray(byte[][]::new);
    words = texts.stream().map(name -> new Words(name + "\":")).toArray(Words[]::new);
    enumNames = named.stream().map(PlainNames::enumNames).toArray(byte[][][]::new);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[][] enumNames(Field field) {
    return field.enumNames().stream().map(PlainNames::ascii).toArray(byte[][]::new);
  }

  /** The names of every message, by {@link Message#id}. */
  static PlainNames[] perMessage() {
    PlainNames[] names = new PlainNames[Message.values().length];
    for (Message message : Message.values()) {
      names[message.id()] = new PlainNames(Schema.fields(message));
    }
    return names;
  }

  int count() {
    return fields.length;
  }

  Field field(int index) {
    return fields[index];
  }

  /** The names of an enum's values, by number. */
  byte[][] enumNames(int index) {
    return enumNames[index];
  }

  /** The length of a name with the quote and the colon after it. */
  int length(int index) {
    return words[index].length();
  }

  /** Which name stands at {@code json[at]}, with quote and colon, or {@link #NONE}. */
  int find(byte[] json, int at, int likely) {
    if (words[likely].isAt(json, at)) {
      return likely;
    }
    for (int i = 0; i < words.length; i++) {
      if (words[i].isAt(json, at)) {
        return i;
      }
    }
    return NONE;
  }

  /** Which name is {@code json[start, end)}, or {@link #NONE}. */
  int findExact(byte[] json, int start, int end) {
    for (int i = 0; i < names.length; i++) {
      if (Arrays.equals(json, start, end, names[i], 0, names[i].length)) {
        return i;
      }
    }
    return NONE;
  }
}
