package dev.sluice.commandline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command with its options. Immutable.
 *
 * @param names the first is the command's, the others are accepted for it
 * @param operands what stands after the command, each once, as labels for the help
 * @param description one sentence for the help
 */
public record CommandSyntax(
    List<String> names, List<String> operands, String description, List<Option> options) {
  /** A command without operands. */
  public CommandSyntax(List<String> names, String description, List<Option> options) {
    this(names, List.of(), description, options);
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
