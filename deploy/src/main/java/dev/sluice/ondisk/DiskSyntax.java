package dev.sluice.ondisk;

import dev.sluice.commandline.CommandSyntax;
import dev.sluice.commandline.Grammar;
import dev.sluice.commandline.Option;
import java.util.ArrayList;
import java.util.List;

/** The grammars of {@code sluice journal} and {@code sluice dead-letters}, and their help. */
public final class DiskSyntax {
  private static final Option HELP = Option.flag("Print this text.", "--help", "-h");

  private static final Option PIPELINE =
      Option.list("--pipeline", "PIPELINE", "Only of this pipeline, as traces/in.");
  private static final Option EXPORTER =
      Option.list("--exporter", "EXPORTER", "Only those that this exporter has lost.");
  private static final Option RULE =
      Option.list("--rule", "RULE", "Only those of this rule, as rejected_by_backend.");
  private static final Option SIGNAL =
      Option.text("--signal", "SIGNAL", "Only traces, metrics or logs.");
  private static final Option PENDING =
      Option.text("--pending", "EXPORTER", "Only what this exporter has not delivered yet.");
  private static final Option FROM =
      Option.text("--from", "SEQUENCE", "Only from this sequence on.");
  private static final Option LIMIT = Option.text("--limit", "N", "At most so many.");
  private static final Option JSON =
      Option.flag("One JSON object a line, with the request as OTLP/JSON.", "--json");
  private static final Option DATA_DIR =
      Option.text("--data-dir", "DIR", "The data folder, as given to the running Sluice.");

  private DiskSyntax() {}

  /** {@code sluice journal}. */
  public static Grammar journal() {
    List<Option> where = new ArrayList<>(sources("Find the folder in this configuration."));
    where.add(DATA_DIR);
    List<Option> which = with(where, PIPELINE, FROM);
    return new Grammar(
        program(
            "sluice journal",
            "Shows and sends what the journals on disk have, beside a running Sluice or without."
                + " DIR is the file_storage directory, or the folder of one pipeline in it; without"
                + " it, the --config tells, or it is the usual place."),
        List.of(
            verb("ls", "List the journals, and what each exporter has pending.", where),
            verb("inspect", "List the requests, one a line.", with(which, PENDING, LIMIT, JSON)),
            verb("verify", "Read and check everything.", with(where, PIPELINE)),
            verb(
                "replay",
                "Send what is there through the pipelines of a configuration. Nothing is deleted.",
                with(replay(with(List.of(DATA_DIR), PIPELINE, FROM, PENDING)), config())),
            verb("export", "Write what is there to a file.", export(with(which, PENDING)))));
  }

  /** {@code sluice dead-letters}. */
  public static Grammar deadLetters() {
    List<Option> which = List.of(DATA_DIR, EXPORTER, RULE, SIGNAL);
    return new Grammar(
        program(
            "sluice dead-letters",
            "Shows and sends again what backends have refused. DIR is the folder with the letters,"
                + " or the data folder that it is in; without it, it is the usual place."),
        List.of(
            verb("ls", "Count the letters by exporter, signal and rule.", which),
            verb("inspect", "Show the letters with their notes.", with(which, LIMIT, JSON)),
            verb("verify", "Read and check all letters.", List.of(DATA_DIR)),
            verb(
                "replay",
                "Send the letters through the pipelines of a configuration.",
                with(
                    replay(which),
                    Option.flag("Delete each letter that was delivered whole.", "--delete"))),
            verb("export", "Write the letters to a file.", export(which))));
  }

  /** Examples for the help of a grammar. */
  public static String examples(Grammar grammar) {
    return grammar.program().name().equals("sluice journal") ? JOURNAL : LETTERS;
  }

  private static CommandSyntax program(String name, String description) {
    return new CommandSyntax(List.of(name), description, List.of(HELP));
  }

  private static CommandSyntax verb(String name, String description, List<Option> options) {
    return new CommandSyntax(List.of(name), List.of("[DIR]"), description, with(options, HELP));
  }

  private static List<Option> sources(String description) {
    return List.of(
        Option.list("--config", "LOCATION", description),
        Option.list("--set", "KEY=VALUE", "One key of that configuration, as a.b.c=value."));
  }

  private static Option config() {
    return Option.list("--config", "LOCATION", "Find the folder in this configuration.");
  }

  private static List<Option> replay(List<Option> which) {
    return with(
        which,
        Option.list("--to", "LOCATION", "Where to send: a configuration; its receivers stay off."),
        Option.list("--set", "KEY=VALUE", "One key of the configuration of --to."),
        Option.list("--only", "EXPORTER", "Of that configuration, only this exporter."),
        Option.text(
            "--dead-letters",
            "DIR",
            "Where to keep what is refused now; by default it is only counted, since it stays where"
                + " it is."));
  }

  private static List<Option> export(List<Option> which) {
    return with(
        which,
        Option.text(
            "--output",
            "FILE",
            "A file that does not exist yet; default: what is called" + " standard output."),
        Option.text(
            "--format",
            "FORMAT",
            "json (default): OTLP/JSON, one request a line; proto: each request as protobuf after"
                + " its length in four bytes, the most significant first, of one signal."));
  }

  private static List<Option> with(List<Option> options, Option... more) {
    List<Option> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return all;
  }

  private static final String JOURNAL =
      """

      Examples:
        sluice journal ls --config sluice.yaml        what is there, and who has not delivered it
        sluice journal inspect DIR --pipeline traces/in --limit 10
        sluice journal verify DIR                     is everything readable?
        sluice journal replay DIR --pending loki --to other.yaml --only loki
        sluice journal export DIR --pipeline logs --output logs.jsonl

      Exit codes: 0 well; 1 something is damaged, or was not delivered; 2 the command line is wrong,
      or the folder cannot be read.
      """;

  private static final String LETTERS =
      """

      Examples:
        sluice dead-letters ls --data-dir /var/lib/sluice
        sluice dead-letters inspect --exporter loki --limit 1
        sluice dead-letters replay --rule overflow --to sluice.yaml --only loki --delete
        sluice dead-letters export --signal logs --output logs.jsonl

      Exit codes: 0 well; 1 something is damaged, or was not delivered; 2 the command line is wrong,
      or the folder cannot be read.
      """;
}
