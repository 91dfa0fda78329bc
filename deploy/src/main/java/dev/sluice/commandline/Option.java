package dev.sluice.commandline;

import java.util.List;

/**
 * An option that a command takes. Immutable.
 *
 * @param names as they are typed; the long one first
 * @param label stands for the value in the help; empty for a flag, which has none
 * @param repeatable whether it may be given more than once
 * @param description for the help
 */
public record Option(List<String> names, String label, boolean repeatable, String description) {
  public static Option flag(String description, String... names) {
    return new Option(List.of(names), "", true, description);
  }

  /** With a value, at most once. */
  public static Option text(String name, String label, String description) {
    return new Option(List.of(name), label, false, description);
  }

  /** With a value, as often as wanted; the order is kept. */
  public static Option list(String name, String label, String description) {
    return new Option(List.of(name), label, true, description);
  }

  String name() {
    return names.getFirst();
  }

  boolean isFlag() {
    return label.isEmpty();
  }
}
