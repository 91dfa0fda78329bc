package dev.sluice.config;

import java.util.regex.Pattern;

/**
 * The id of a component: its type and, to tell several of a type apart, a name.
 *
 * <p>Follows the Collector's {@code component.ID}: {@code type[/name]}; the name may hold further
 * slashes.
 *
 * @param name empty when there is none
 */
public record ComponentId(String type, String name) {
  private static final Pattern TYPE = Pattern.compile("[a-zA-Z][0-9a-zA-Z_]{0,62}");
  private static final Pattern NAME = Pattern.compile("[^\\p{Z}\\p{C}\\p{S}]{1,1024}");

  /** Reads an id; to be called with what {@link #invalid} has nothing to say about. */
  public static ComponentId of(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new ComponentId(text.strip(), "")
        : new ComponentId(text.substring(0, slash).strip(), text.substring(slash + 1).strip());
  }

  /** What is wrong with an id; empty when it is valid. */
  static String invalid(String text) {
    ComponentId id = of(text);
    if (id.type.isEmpty()) {
      return "an id is type or type/name; the type is missing";
    }
    if (!TYPE.matcher(id.type).matches()) {
      return "the type \"%s\" of an id begins with a letter and has letters, digits and _ only"
          .formatted(id.type);
    }
    if (text.indexOf('/') >= 0 && id.name.isEmpty()) {
      return "the name after the / is missing";
    }
    if (!id.name.isEmpty() && !NAME.matcher(id.name).matches()) {
      return "the name \"%s\" has a space, a control character or a symbol".formatted(id.name);
    }
    return "";
  }

  /** The same name under another type. */
  ComponentId withType(String other) {
    return new ComponentId(other, name);
  }

  /** The id as it is written: {@code otlp_http/tempo}. */
  @Override
  public String toString() {
    return name.isEmpty() ? type : type + "/" + name;
  }
}
