package dev.sluice.commandline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a command line: {@code program [options] [command [options and operands]]}. Values follow
 * as {@code --name value} or {@code --name=value}. Immutable.
 *
 * <p>Options of the program that the named command does not take are refused, wherever they stand.
 *
 * @param program its options, for when no command is named
 */
public record Grammar(CommandSyntax program, List<CommandSyntax> commands) {

  /**
   * Reads it.
   *
   * @throws MisusedException when it does not follow the grammar
   */
  public Given parse(String... arguments) throws MisusedException {
    ArrayDeque<String> left = new ArrayDeque<>(List.of(arguments));
    Map<String, List<String>> values = new LinkedHashMap<>();
    List<String> operands = new ArrayList<>();
    CommandSyntax command = program;
    while (!left.isEmpty()) {
      String argument = left.remove();
      CommandSyntax named = command.equals(program) ? command(argument) : null;
      if (argument.startsWith("-")) {
        take(argument, command, left, values);
      } else if (named != null && named.group()) {
        List<String> rest = new ArrayList<>(List.of(arguments));
        rest.remove(arguments.length - left.size() - 1);
        return new Given(named, rest, Map.of());
      } else if (named != null) {
        command = named;
      } else if (operands.size() < command.operands().size()) {
        operands.add(argument);
      } else {
        throw new MisusedException("unknown argument: " + argument);
      }
    }
    check(command, values);
    return new Given(command, operands, values);
  }

  private @Nullable CommandSyntax command(String name) {
    for (CommandSyntax command : commands) {
      if (command.names().contains(name)) {
        return command;
      }
    }
    return null;
  }

  private static void take(
      String argument,
      CommandSyntax command,
      ArrayDeque<String> left,
      Map<String, List<String>> values)
      throws MisusedException {
    int equals = argument.indexOf('=');
    Option option = command.option(equals < 0 ? argument : argument.substring(0, equals));
    if (option == null) {
      throw new MisusedException("unknown option: " + argument);
    }
    List<String> given = values.computeIfAbsent(option.name(), name -> new ArrayList<>());
    if (!option.repeatable() && !given.isEmpty()) {
      throw new MisusedException("more than once: " + option.name());
    }
    if (option.isFlag()) {
      if (equals >= 0) {
        throw new MisusedException("takes no value: " + option.name());
      }
      given.add("");
      return;
    }
    String value = equals < 0 ? left.poll() : argument.substring(equals + 1);
    if (value == null || (equals < 0 && command.option(value) != null)) {
      throw new MisusedException("needs a value: " + option.name() + "=" + option.label());
    }
    given.add(value);
  }

  /** What stood before the command's name was read as the program's. */
  private static void check(CommandSyntax command, Map<String, List<String>> values)
      throws MisusedException {
    for (String name : values.keySet()) {
      if (command.option(name) == null) {
        throw new MisusedException("not an option of " + command.name() + ": " + name);
      }
    }
  }
}
