package dev.sluice.commandline;

import java.util.List;
import java.util.Map;

/**
 * What was given on a command line. Immutable.
 *
 * @param command the program itself when none was named
 * @param operands as many as the command has, or fewer when some were left out; of a group, all
 *     arguments but its name
 * @param values of each option that was given, by its first name; of a flag, an empty one
 */
public record Given(
    CommandSyntax command, List<String> operands, Map<String, List<String>> values) {
  public boolean has(String option) {
    return values.containsKey(option);
  }

  /** The values of an option that is repeatable, in their order. */
  public List<String> all(String option) {
    return values.getOrDefault(option, List.of());
  }

  /** The value of an option that is given at most once. */
  public String one(String option, String fallback) {
    return has(option) ? all(option).getLast() : fallback;
  }

  /** The first operand; empty when there is none. */
  public String operand() {
    return operands.isEmpty() ? "" : operands.getFirst();
  }
}
