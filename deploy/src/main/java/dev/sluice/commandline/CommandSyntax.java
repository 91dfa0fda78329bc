package dev.sluice.commandline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command with its options. Immutable.
 *
 * @param names the first is the command's, the others are accepted for it
 * @param operands what stands after the command, each once, as labels for the help
 * @param description one sentence for the help
 * @param group whether it has commands of its own: its arguments are then left to another grammar
 */
public record CommandSyntax(
    List<String> names,
    List<String> operands,
    String description,
    List<Option> options,
    boolean group) {
  /** A command with operands. */
  public CommandSyntax(
      List<String> names, List<String> operands, String description, List<Option> options) {
    this(names, operands, description, options, false);
  }

  /** A command without operands. */
  public CommandSyntax(List<String> names, String description, List<Option> options) {
    this(names, List.of(), description, options);
  }

  /** A command with commands of its own, which another grammar knows. */
  public static CommandSyntax group(String name, String description) {
    return new CommandSyntax(List.of(name), List.of(), description, List.of(), true);
  }

  public String name() {
    return names.getFirst();
  }

  @Nullable Option option(String name) {
    for (Option option : options) {
      if (option.names().contains(name)) {
        return option;
      }
    }
    return null;
  }
}
