package dev.sluice.config;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The component types that a distribution has, by kind, under their current names.
 *
 * <p>Immutable. Made by the distribution's table of names.
 */
public final class ComponentTypes {
  private static final Aliases ALIASES = new Aliases();

  private final Map<ComponentKind, Set<String>> types = new EnumMap<>(ComponentKind.class);

  /** The given types; a kind that is not there has none. */
  public ComponentTypes(Map<ComponentKind, Set<String>> types) {
    types.forEach((kind, names) -> this.types.put(kind, new TreeSet<>(names)));
  }

  /** The id of an authenticator under the name of its type that this distribution uses. */
  static ComponentId currentAuthenticator(ComponentId id) {
    return id.withType(ALIASES.other(ComponentKind.EXTENSION, id.type()));
  }

  /** The names of one kind, sorted. */
  public Set<String> of(ComponentKind kind) {
    return types.getOrDefault(kind, Set.of());
  }

  boolean has(ComponentKind kind, String type) {
    return of(kind).contains(type);
  }

  /** The name under which a type is had: itself, or what it is an alias of. */
  String current(ComponentKind kind, String type) {
    String other = ALIASES.other(kind, type);
    return !has(kind, other) || (has(kind, type) && !deprecated(kind, type)) ? type : other;
  }

  /** Whether a type is an old name. */
  boolean deprecated(ComponentKind kind, String type) {
    return ALIASES.deprecated(kind, type);
  }

  /** Why a type cannot be used, with what can. */
  String refusal(ComponentKind kind, String type) {
    return Nearest.ended(reason(kind, type)) + " Sluice has: " + Nearest.listed(of(kind));
  }

  private String reason(ComponentKind kind, String type) {
    for (ComponentKind other : ComponentKind.values()) {
      if (other != kind && has(other, current(other, type))) {
        return "\"%s\" is %s, not %s".formatted(type, other.one(), kind.one());
      }
    }
    if (CollectorComponents.has(kind, type)) {
      return "\"%s\" is %s of the OpenTelemetry Collector that Sluice does not have yet"
          .formatted(type, kind.one());
    }
    return "Sluice has no %s \"%s\"%s".formatted(kind.word(), type, Nearest.hint(type, of(kind)));
  }

  @Override
  public String toString() {
    return Arrays.toString(types.entrySet().toArray());
  }
}
