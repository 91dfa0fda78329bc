package dev.sluice;

import dev.sluice.Command.Components;
import dev.sluice.Command.Explain;
import dev.sluice.Command.Health;
import dev.sluice.Command.Help;
import dev.sluice.Command.Misused;
import dev.sluice.Command.OnDisk;
import dev.sluice.Command.PrintConfig;
import dev.sluice.Command.Run;
import dev.sluice.Command.Sources;
import dev.sluice.Command.Validate;
import dev.sluice.Command.Version;
import dev.sluice.commandline.CommandSyntax;
import dev.sluice.commandline.Given;
import dev.sluice.commandline.Grammar;
import dev.sluice.commandline.MisusedException;
import dev.sluice.commandline.Option;
import dev.sluice.commandline.Usage;
import dev.sluice.config.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the command line, which is the Collector's and a little more. Options stand before or after
 * the name of a command.
 */
final class Arguments {
  static final String JOURNAL = "journal";
  static final String DEAD_LETTERS = "dead-letters";
  static final String SHUTDOWN_TIMEOUT_VARIABLE = "SLUICE_SHUTDOWN_TIMEOUT";
  private static final String SHUTDOWN_TIMEOUT = "30s";

  private static final Option HELP = Option.flag("Print this text.", "--help", "-h");

  private final Function<String, @Nullable String> environment;
  private final Grammar grammar = new Grammar(program(), commands());

  Arguments(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  Command parse(String... arguments) {
    try {
      return command(grammar.parse(arguments));
    } catch (MisusedException e) {
      return new Misused(String.valueOf(e.getMessage()));
    }
  }

  private Command command(Given given) {
    if (given.has("--help")) {
      return new Help(
          given.command().equals(grammar.program()) ? help() : Usage.of(grammar, given.command()));
    }
    if (given.has("--version")) {
      return new Version();
    }
    Sources sources = new Sources(given.all("--config"), given.all("--set"));
    return switch (given.command().name()) {
      case "validate" -> new Validate(sources);
      case "components" -> new Components();
      case "print-config" -> printConfig(sources, given);
      case "health" -> new Health(sources, given.one("--endpoint", ""), given.has("--ready"));
      case JOURNAL, DEAD_LETTERS -> new OnDisk(given.command().name(), given.operands());
      case "explain" -> explain(sources, given);
      case "version" -> new Version();
      case "help" -> new Help(help());
      default -> run(sources, given);
    };
  }

  private Command run(Sources sources, Given given) {
    String fromEnvironment = environment.apply(SHUTDOWN_TIMEOUT_VARIABLE);
    String fallback = fromEnvironment == null ? SHUTDOWN_TIMEOUT : fromEnvironment;
    String text = given.one("--shutdown-timeout", fallback);
    Duration timeout = GoDuration.tryParse(text);
    if (timeout == null || timeout.isNegative()) {
      return new Misused("--shutdown-timeout: not a duration like 30s or 1m: " + text);
    }
    String dataFolder = given.one("--data-dir", "");
    return new Run(sources, given.all("--feature-gates"), dataFolder, timeout);
  }

  private static Command printConfig(Sources sources, Given given) {
    String mode = given.one("--mode", "redacted");
    if (!mode.equals("redacted") && !mode.equals("unredacted")) {
      return new Misused("--mode: redacted or unredacted, not " + mode);
    }
    String format = given.one("--format", "yaml");
    if (!format.equals("yaml")) {
      return new Misused("--format: yaml, not " + format);
    }
    return new PrintConfig(sources, mode.equals("redacted"));
  }

  private static Command explain(Sources sources, Given given) {
    if (given.operands().size() < 2) {
      return new Misused("explain needs what to look for: explain trace-id|log|series WHAT");
    }
    String kind = given.operands().getFirst();
    String parameter =
        switch (kind) {
          case "trace-id" -> "trace_id";
          case "log", "series" -> kind;
          default -> "";
        };
    if (parameter.isEmpty()) {
      return new Misused("explain: trace-id, log or series, not " + kind);
    }
    String value = given.operands().getLast();
    return new Explain(sources, given.one("--endpoint", ""), parameter, value, given.has("--json"));
  }

  private String help() {
    return Usage.of(grammar) + EXAMPLES;
  }

  private static CommandSyntax program() {
    List<Option> options = new ArrayList<>(sources());
    options.add(
        Option.list("--feature-gates", "GATES", "Accepted for the Collector's sake; no effect."));
    options.add(
        Option.text(
            "--data-dir",
            "DIR",
            "Where to keep what backends refuse; default: the variable "
                + DataFolder.VARIABLE
                + ", or a folder of the user's."));
    options.add(
        Option.text(
            "--shutdown-timeout",
            "DURATION",
            "How long to go on delivering after SIGTERM; default 30s, or what the variable "
                + SHUTDOWN_TIMEOUT_VARIABLE
                + " says."));
    options.add(Option.flag("Print the version.", "--version", "-v"));
    options.add(HELP);
    return new CommandSyntax(
        List.of("sluice"), "Receives OTLP and delivers it to Tempo, Prometheus, Loki.", options);
  }

  private static List<CommandSyntax> commands() {
    return List.of(
        command("validate", "Check a configuration and open nothing.", sources()),
        command("components", "List the components there are.", List.of()),
        new CommandSyntax(
            List.of("print-config", "print-initial-config"),
            "Print the configuration after merging and substitution.",
            with(
                sources(),
                Option.text("--mode", "MODE", "redacted (default) or unredacted."),
                Option.text("--format", "FORMAT", "yaml."),
                HELP)),
        health(),
        CommandSyntax.group(JOURNAL, "Show, check, export or send what the journals on disk have."),
        CommandSyntax.group(
            DEAD_LETTERS, "Show, check, export or send again what backends have refused."),
        explain(),
        command("version", "Print the version.", List.of()),
        command("help", "Print this text.", List.of()));
  }

  private static CommandSyntax health() {
    List<Option> options =
        with(
            sources(),
            Option.text(
                "--endpoint",
                "HOST:PORT",
                "Where health_check answers; default: what the configuration says."),
            Option.flag("Ask for readiness instead of life.", "--ready"));
    return command("health", "Ask a running Sluice: exit code 0 means that it is alive.", options);
  }

  private static CommandSyntax explain() {
    List<Option> options =
        with(
            sources(),
            Option.text(
                "--endpoint",
                "HOST:PORT",
                "Where the API is; default: what the configuration says, or 127.0.0.1:4319."),
            Option.flag("Print the API's JSON.", "--json"),
            HELP);
    return new CommandSyntax(
        List.of("explain"),
        List.of("trace-id|log|series", "WHAT"),
        "Ask a running Sluice what became of a trace, a log line or a series.",
        options);
  }

  private static List<Option> sources() {
    return List.of(
        Option.list(
            "--config",
            "LOCATION",
            "A file, or file:, env:, yaml: and what they name; several are merged in order."),
        Option.list("--set", "KEY=VALUE", "One key of the configuration, as a.b.c=value."));
  }

  private static CommandSyntax command(String name, String description, List<Option> options) {
    return new CommandSyntax(List.of(name), description, with(options, HELP));
  }

  private static List<Option> with(List<Option> options, Option... more) {
    List<Option> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return all;
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
        sluice journal ls --config sluice.yaml     what is on disk; sluice journal --help tells more
        sluice explain trace-id 0af7651916cd43dd8448eb211c80319c
        sluice explain series 'http_requests_total{job="shop",method="GET"}'

      Exit codes: 0 well, 1 the configuration or the start failed, 2 the command line is wrong.
      """;
}
