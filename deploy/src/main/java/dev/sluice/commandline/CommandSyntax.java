package dev.sluice.commandline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command with its options. Immutable.
 *
 * @param names the first is the command's, the others are accepted for it
 * @param description one sentence for the help
 */
public record CommandSyntax(List<String> names, String description, List<Option> options) {
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
