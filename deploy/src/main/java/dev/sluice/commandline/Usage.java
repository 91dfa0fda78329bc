package dev.sluice.commandline;

import java.util.List;

/** Writes the help text of a command. */
public final class Usage {
  private static final int WIDTH = 100;
  private static final int COLUMN = 30;

  private Usage() {}

  /** How to call the program, its commands and options. */
  public static String of(Grammar grammar) {
    CommandSyntax program = grammar.program();
    StringBuilder text = new StringBuilder("Usage: " + program.name() + " [OPTIONS] [COMMAND]\n");
    text.append(program.description()).append("\n\nOptions:\n");
    program.options().forEach(option -> write(option, text));
    text.append("\nCommands:\n");
    for (CommandSyntax command : grammar.commands()) {
      String operands = String.join(" ", command.operands());
      String names = String.join(", ", command.names());
      row((names + " " + operands).strip(), command.description(), text);
    }
    return text.toString();
  }

  /** How to call one command of the program. */
  public static String of(Grammar grammar, CommandSyntax command) {
    String program = grammar.program().name();
    StringBuilder text =
        new StringBuilder("Usage: " + program + " " + command.name() + " [OPTIONS]");
    command.operands().forEach(operand -> text.append(' ').append(operand));
    text.append('\n');
    text.append(command.description()).append("\n\nOptions:\n");
    command.options().forEach(option -> write(option, text));
    return text.toString();
  }

  private static void write(Option option, StringBuilder text) {
    String value = option.isFlag() ? "" : "=" + option.label();
    String more = option.repeatable() && !option.isFlag() ? "..." : "";
    row(String.join(", ", option.names()) + value + more, option.description(), text);
  }

  /** A name and, in the second column, its description, broken between words. */
  private static void row(String name, String description, StringBuilder text) {
    StringBuilder line = new StringBuilder("  " + name);
    if (line.length() >= COLUMN) {
      text.append(line).append('\n');
      line.setLength(0);
    }
    for (String word : List.of(description.split(" "))) {
      if (line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line.setLength(0);
      }
      line.append(" ".repeat(Math.max(1, COLUMN - line.length()))).append(word);
    }
    text.append(line).append('\n');
  }
}
