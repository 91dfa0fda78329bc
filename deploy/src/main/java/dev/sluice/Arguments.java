package dev.sluice;

import dev.sluice.Command.Components;
import dev.sluice.Command.Health;
import dev.sluice.Command.Help;
import dev.sluice.Command.Misused;
import dev.sluice.Command.PrintConfig;
import dev.sluice.Command.Run;
import dev.sluice.Command.Sources;
import dev.sluice.Command.Validate;
import dev.sluice.Command.Version;
import dev.sluice.config.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Reads the command line, which is the Collector's and a little more. Options stand before or after
 * the name of a command.
 *
 * <p>The specification is built by hand: picocli's annotations would be read by reflection at every
 * start.
 */
final class Arguments {
  static final String SHUTDOWN_TIMEOUT_VARIABLE = "SLUICE_SHUTDOWN_TIMEOUT";
  private static final String SHUTDOWN_TIMEOUT = "30s";

  private final Function<String, @Nullable String> environment;
  private final CommandLine commandLine = new CommandLine(root());

  Arguments(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  Command parse(String... arguments) {
    try {
      return command(commandLine.parseArgs(arguments));
    } catch (ParameterException e) {
      return new Misused(String.valueOf(e.getMessage()));
    }
  }

  private Command command(ParseResult root) {
    ParseResult asked = root.hasSubcommand() ? root.subcommand() : root;
    if (asked.hasMatchedOption("--help")) {
      return new Help(asked.commandSpec().commandLine().getUsageMessage(Ansi.OFF));
    }
    if (root.hasMatchedOption("--version")) {
      return new Version();
    }
    Sources sources = new Sources(both(root, asked, "--config"), both(root, asked, "--set"));
    return switch (asked.commandSpec().name()) {
      case "validate" -> new Validate(sources);
      case "components" -> new Components();
      case "print-config" -> printConfig(sources, asked);
      case "health" ->
          new Health(
              sources,
              asked.matchedOptionValue("--endpoint", ""),
              asked.hasMatchedOption("--ready"));
      case "version" -> new Version();
      case "help" -> new Help(commandLine.getUsageMessage(Ansi.OFF));
      default -> run(sources, asked);
    };
  }

  private Command run(Sources sources, ParseResult asked) {
    String fromEnvironment = environment.apply(SHUTDOWN_TIMEOUT_VARIABLE);
    String fallback = fromEnvironment == null ? SHUTDOWN_TIMEOUT : fromEnvironment;
    String text = asked.matchedOptionValue("--shutdown-timeout", fallback);
    Duration timeout = GoDuration.tryParse(text);
    if (timeout == null || timeout.isNegative()) {
      return new Misused("--shutdown-timeout: not a duration like 30s or 1m: " + text);
    }
    String dataFolder = asked.matchedOptionValue("--data-dir", "");
    return new Run(sources, values(asked, "--feature-gates"), dataFolder, timeout);
  }

  private static Command printConfig(Sources sources, ParseResult asked) {
    String mode = asked.matchedOptionValue("--mode", "redacted");
    if (!mode.equals("redacted") && !mode.equals("unredacted")) {
      return new Misused("--mode: redacted or unredacted, not " + mode);
    }
    String format = asked.matchedOptionValue("--format", "yaml");
    if (!format.equals("yaml")) {
      return new Misused("--format: yaml, not " + format);
    }
    return new PrintConfig(sources, mode.equals("redacted"));
  }

  private static List<String> both(ParseResult root, ParseResult asked, String option) {
    if (!root.hasSubcommand()) {
      return values(root, option);
    }
    List<String> values = new ArrayList<>(values(root, option));
    values.addAll(values(asked, option));
    return values;
  }

  private static List<String> values(ParseResult result, String option) {
    List<String> none = List.of();
    boolean known = result.commandSpec().findOption(option) != null;
    return known ? result.matchedOptionValue(option, none) : none;
  }

  private static CommandSpec root() {
    CommandSpec root =
        withSources(command("sluice", "Receives OTLP and delivers it to Tempo, Prometheus, Loki."))
            .addOption(
                list("--feature-gates", "GATES", "Accepted for the Collector's sake; no effect."))
            .addOption(
                text(
                    "--data-dir",
                    "DIR",
                    "Where to keep what backends refuse; default: the variable "
                        + DataFolder.VARIABLE
                        + ", or a folder of the user's."))
            .addOption(
                text(
                    "--shutdown-timeout",
                    "DURATION",
                    "How long to go on delivering after SIGTERM; default 30s, or what the variable "
                        + SHUTDOWN_TIMEOUT_VARIABLE
                        + " says."))
            .addOption(flag("Print the version.", "--version", "-v"))
            .addSubcommand("validate", validate())
            .addSubcommand("components", command("components", "List the components there are."))
            .addSubcommand("print-config", printConfig())
            .addSubcommand("health", health())
            .addSubcommand("version", command("version", "Print the version."))
            .addSubcommand("help", command("help", "Print this text."));
    root.usageMessage().footer(EXAMPLES.lines().toArray(String[]::new));
    return root;
  }

  private static CommandSpec validate() {
    return withSources(command("validate", "Check a configuration and open nothing."));
  }

  private static CommandSpec printConfig() {
    return withSources(
            command("print-config", "Print the configuration after merging and substitution."))
        .aliases("print-initial-config")
        .addOption(text("--mode", "MODE", "redacted (default) or unredacted."))
        .addOption(text("--format", "FORMAT", "yaml."));
  }

  private static CommandSpec health() {
    return withSources(
            command("health", "Ask a running Sluice: exit code 0 means that it is alive."))
        .addOption(
            text(
                "--endpoint",
                "HOST:PORT",
                "Where health_check answers; default: what the configuration says."))
        .addOption(flag("Ask for readiness instead of life.", "--ready"));
  }

  private static CommandSpec withSources(CommandSpec spec) {
    return spec.addOption(
            list(
                "--config",
                "LOCATION",
                "A file, or file:, env:, yaml: and what they name; several are merged in order."))
        .addOption(list("--set", "KEY=VALUE", "One key of the configuration, as a.b.c=value."));
  }

  private static CommandSpec command(String name, String description) {
    CommandSpec spec =
        CommandSpec.create().name(name).addOption(flag("Print this text.", "--help", "-h"));
    spec.usageMessage().description(description).width(100);
    return spec;
  }

  private static OptionSpec flag(String description, String... names) {
    return OptionSpec.builder(names).description(description).build();
  }

  private static OptionSpec text(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  private static OptionSpec list(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  private static final String EXAMPLES =
      """

      Examples:
        sluice                                     receive on 4317 and 4318, keep the last minutes
        sluice --config sluice.yaml                run with a configuration of the Collector's form
        sluice validate --config sluice.yaml       check it first
        sluice --config a.yaml --config b.yaml --set service.telemetry.logs.level=debug
        sluice print-config --config sluice.yaml   what a.yaml and b.yaml and variables come to
        sluice health                              for a container's health check

      Exit codes: 0 well, 1 the configuration or the start failed, 2 the command line is wrong.
      """;
}
