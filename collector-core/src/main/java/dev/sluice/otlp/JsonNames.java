package dev.sluice.otlp;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

/**
 * The names that the fields of one message have in JSON, lowerCamelCase and as in the proto,
 * matched without making strings of them. Immutable.
 *
 * @param fields the field of each name, by the number that the matcher gives
 */
// Internal, and read once a field of the hot path: no copies.
@SuppressWarnings("ArrayRecordComponent")
record JsonNames(PropertyNameMatcher matcher, Field[] fields) {
  /** The names of every message, by {@link Message#id}. */
  static JsonNames[] perMessage(JsonFactory factory) {
    JsonNames[] names = new JsonNames[Message.values().length];
    for (Message message : Message.values()) {
      names[message.id()] = of(factory, Schema.fields(message));
    }
    return names;
  }

  private static JsonNames of(JsonFactory factory, Field[] fields) {
    List<Named> names = new ArrayList<>();
    List<Field> named = new ArrayList<>();
    for (Field field : fields) {
      names.add(Named.fromString(field.jsonName()));
      named.add(field);
      if (!field.name().equals(field.jsonName())) {
        names.add(Named.fromString(field.name()));
        named.add(field);
      }
    }
    return new JsonNames(factory.constructNameMatcher(names, false), named.toArray(new Field[0]));
  }
}
