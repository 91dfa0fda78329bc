package dev.sluice.exporters.loki;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import dev.sluice.otlp.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attribute, taken apart for the cold path: the choice of labels and the hints.
 *
 * @param value the bytes of the {@code AnyValue} message
 */
record Attribute(String key, byte[] value) {
  /** The attribute whose {@code KeyValue} message is {@code source[offset, offset + length)}. */
  static Attribute of(byte[] source, int offset, int length) {
    AttributePosition at = new AttributePosition().read(source, offset, length);
    String key = new String(source, at.keyOffset(), at.keyLength(), StandardCharsets.UTF_8);
    int end = at.valueOffset() + at.valueLength();
    return new Attribute(key, Arrays.copyOfRange(source, at.valueOffset(), end));
  }

  /** All attributes in a field of a message, a resource's for instance. */
  static List<Attribute> listOf(byte[] source, int offset, int length, int field) {
    List<Attribute> attributes = new ArrayList<>();
    WireReader reader = new WireReader().reset(source, offset, length);
    while (reader.next()) {
      if (reader.field() == field) {
        int size = reader.length();
        attributes.add(of(source, reader.position() - size, size));
      } else {
        reader.skip();
      }
    }
    return attributes;
  }

  /**
   * The attribute of that key, or one inside maps that the parts of a dotted key lead to; null when
   * there is neither.
   */
  static @Nullable Attribute find(List<Attribute> attributes, String key) {
    for (Attribute attribute : attributes) {
      if (attribute.key.equals(key)) {
        return attribute;
      }
    }
    int dot = key.indexOf('.');
    if (dot < 0) {
      return null;
    }
    Attribute parent = direct(attributes, key.substring(0, dot));
    Attribute nested = parent == null ? null : find(parent.children(), key.substring(dot + 1));
    return nested == null ? null : new Attribute(key, nested.value);
  }

  private static @Nullable Attribute direct(List<Attribute> attributes, String key) {
    for (Attribute attribute : attributes) {
      if (attribute.key.equals(key)) {
        return attribute;
      }
    }
    return null;
  }

  /** The value as text. */
  String text() {
    WireWriter out = new WireWriter(value.length);
    new ValueText(out, false).asString(value, 0, value.length);
    return new String(out.array(), 0, out.size(), StandardCharsets.UTF_8);
  }

  /** The names in a hint's value: an array of them, or one text with commas between. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (byte[] element : elements()) {
      names.add(new Attribute("", element).text().strip());
    }
    if (!names.isEmpty()) {
      return names;
    }
    for (String name : text().split(",", -1)) {
      names.add(name.strip());
    }
    return names;
  }

  /** The elements of an array; nothing for another value. */
  List<byte[]> elements() {
    List<byte[]> elements = new ArrayList<>();
    WireReader reader = new WireReader().reset(value, 0, value.length);
    while (reader.next()) {
      if (reader.field() == Otlp.AnyValue.ARRAY_VALUE) {
        WireReader list = reader.enter(new WireReader());
        while (list.next()) {
          if (list.field() == Otlp.ArrayValue.VALUES) {
            elements.add(list.bytes());
          } else {
            list.skip();
          }
        }
      } else {
        reader.skip();
      }
    }
    return elements;
  }

  /** A value of bytes, taken for text. */
  String rawText() {
    WireReader reader = new WireReader().reset(value, 0, value.length);
    String text = "";
    while (reader.next()) {
      if (reader.field() == Otlp.AnyValue.BYTES_VALUE) {
        text = reader.string();
      } else {
        reader.skip();
      }
    }
    return text;
  }

  /** The pairs of a map; nothing for another value. */
  List<Attribute> children() {
    WireReader reader = new WireReader().reset(value, 0, value.length);
    while (reader.next()) {
      if (reader.field() == Otlp.AnyValue.KVLIST_VALUE) {
        int size = reader.length();
        return listOf(value, reader.position() - size, size, Otlp.KeyValueList.VALUES);
      }
      reader.skip();
    }
    return List.of();
  }
}
