package dev.sluice;

import dev.sluice.Blueprint.PipelinePlan;
import dev.sluice.Command.Sources;
import dev.sluice.commandline.Given;
import dev.sluice.commandline.Grammar;
import dev.sluice.commandline.MisusedException;
import dev.sluice.commandline.Usage;
import dev.sluice.journal.FileStorageSettings;
import dev.sluice.journal.RealDisk;
import dev.sluice.ondisk.DiskSyntax;
import dev.sluice.ondisk.JournalInspection;
import dev.sluice.ondisk.JournalListing;
import dev.sluice.ondisk.JournalRequests;
import dev.sluice.ondisk.JournalStore;
import dev.sluice.ondisk.JournalStore.Where;
import dev.sluice.ondisk.JournalVerification;
import dev.sluice.ondisk.KeptRequests;
import dev.sluice.ondisk.LetterFolder;
import dev.sluice.ondisk.LetterReport;
import dev.sluice.ondisk.LetterRequests;
import dev.sluice.ondisk.Replay;
import dev.sluice.ondisk.ReplayTarget;
import dev.sluice.ondisk.RequestExport;
import dev.sluice.ondisk.Selection;
import dev.sluice.ondisk.Terminal;
import dev.sluice.pipeline.DeadLetterFolder;
import dev.sluice.telemetry.LogSettings;
import dev.sluice.telemetry.Logs;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code sluice journal} and {@code sluice dead-letters}: finds the folder, and does there what was
 * asked for. One use, one thread.
 */
final class DiskCommand {
  private static final long DEAD_LETTER_BYTES_MAX = 256L << 20;

  private final Host host;
  private final Components components;
  private final Memory memory;
  private final Terminal terminal;

  DiskCommand(Host host, Components components, Memory memory) {
    this.host = host;
    this.components = components;
    this.memory = memory;
    terminal = new Terminal(host.out(), host.err(), host.clock());
  }

  /** Returns the exit code: 0 well, 1 damaged or not delivered, 2 misused or not readable. */
  int run(String group, List<String> arguments) {
    boolean isJournal = group.equals(Arguments.JOURNAL);
    Grammar grammar = isJournal ? DiskSyntax.journal() : DiskSyntax.deadLetters();
    try {
      Given given = grammar.parse(arguments.toArray(String[]::new));
      boolean named = !given.command().equals(grammar.program());
      if (!named || given.has("--help")) {
        host.out().print(named ? Usage.of(grammar, given.command()) : Usage.of(grammar));
        host.out().print(DiskSyntax.examples(grammar));
        host.out().flush();
        return named || given.has("--help") ? Main.OK : Main.MISUSED;
      }
      boolean well = isJournal ? journal(given) : deadLetters(given);
      host.out().flush();
      return well ? Main.OK : Main.FAILED;
    } catch (MisusedException | IOException e) {
      host.err().println("sluice " + group + ": " + reason(e));
      host.err().println("sluice " + group + " --help tells the commands and options.");
      return Main.MISUSED;
    }
  }

  private static String reason(Exception e) {
    String message = String.valueOf(e.getMessage());
    boolean bare = e instanceof java.nio.file.FileSystemException;
    return bare ? e.getClass().getSimpleName() + ": " + message : message;
  }

  private boolean journal(Given given) throws IOException {
    Selection selection = Selection.of(given);
    JournalStore store = JournalStore.open(folders(given), new RealDisk(), selection);
    return switch (given.command().name()) {
      case "ls" -> new JournalListing(terminal).print(store);
      case "inspect" ->
          new JournalInspection(terminal, given.has("--json")).print(store, selection);
      case "verify" -> new JournalVerification(terminal).isSound(store);
      default -> send(given, new JournalRequests(store, selection), null);
    };
  }

  private boolean deadLetters(Given given) throws IOException {
    Selection selection = Selection.of(given);
    String named = given.operand();
    Path data = DataFolder.choose(host, given.one("--data-dir", "")).path();
    LetterFolder folder =
        LetterFolder.open(named.isEmpty() ? data.resolve("dead-letters") : Path.of(named));
    LetterReport report = new LetterReport(terminal);
    return switch (given.command().name()) {
      case "ls" -> report.list(folder, selection);
      case "inspect" -> report.inspect(folder, selection, given.has("--json"));
      case "verify" -> report.verify(folder);
      default -> sendLetters(given, folder, selection);
    };
  }

  private boolean sendLetters(Given given, LetterFolder folder, Selection selection)
      throws IOException {
    LetterRequests letters = new LetterRequests(folder, selection, given.has("--delete"));
    boolean well = send(given, letters, folder.path());
    if (given.has("--delete")) {
      host.out().println("deleted: " + letters.deleted() + " letters");
    }
    return well;
  }

  /** The folders with journals: the one that is named, those of the configuration, or the usual. */
  private List<Where> folders(Given given) throws IOException {
    if (!given.operand().isEmpty()) {
      if (given.has("--config")) {
        throw new IOException("DIR or --config, not both");
      }
      return List.of(new Where(Path.of(given.operand()), ""));
    }
    Path data = DataFolder.choose(host, given.one("--data-dir", "")).path();
    if (!given.has("--config")) {
      return List.of(new Where(Journals.usualDirectory(data), ""));
    }
    boolean replays = given.command().name().equals("replay");
    List<String> assignments = replays ? List.of() : given.all("--set");
    List<Where> folders = new ArrayList<>();
    for (PipelinePlan plan : load(new Sources(given.all("--config"), assignments)).pipelines()) {
      FileStorageSettings storage = plan.storage();
      if (storage != null) {
        String mode = storage.fsync() ? "fsync" : "wal";
        Where where = new Where(Journals.directory(storage, data), mode);
        if (!folders.contains(where)) {
          folders.add(where);
        }
      }
    }
    if (folders.isEmpty()) {
      throw new IOException(
          "--config: no exporter has sending_queue::storage, so there is no journal; name the"
              + " folder of another configuration");
    }
    return folders;
  }

  private Blueprint load(Sources sources) throws IOException {
    Configuration configuration =
        Configuration.load(host, sources, new Components(host.out()), memory);
    if (configuration.problems().hasErrors()) {
      configuration.problems().errors().forEach(problem -> host.err().println(problem));
      throw new IOException("the configuration is refused");
    }
    return configuration.blueprint();
  }

  /** Replays or exports. */
  private boolean send(Given given, KeptRequests source, @Nullable Path letters)
      throws IOException {
    return given.command().name().equals("export")
        ? export(given, source)
        : replay(given, source, letters);
  }

  private boolean export(Given given, KeptRequests source) throws IOException {
    String name = given.one("--format", "json");
    if (!name.equals("json") && !name.equals("proto")) {
      throw new IOException("--format: json or proto, not " + name);
    }
    var format = name.equals("json") ? RequestExport.Format.JSON : RequestExport.Format.PROTO;
    String file = given.one("--output", "");
    if (file.isEmpty()) {
      return new RequestExport(new StandardOutput(host.out()), format, terminal).write(source);
    }
    try (OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(Path.of(file), StandardOpenOption.CREATE_NEW))) {
      return new RequestExport(out, format, terminal).write(source);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("--output: " + file + " is there already; name another file", e);
    }
  }

  private boolean replay(Given given, KeptRequests source, @Nullable Path letters)
      throws IOException {
    if (!given.has("--to")) {
      throw new IOException("--to is missing: the configuration that tells where to send");
    }
    Configuration configuration =
        Configuration.load(
            host, new Sources(given.all("--to"), given.all("--set")), components, memory);
    if (configuration.problems().hasErrors()) {
      configuration.problems().errors().forEach(problem -> host.err().println(problem));
      throw new IOException("--to: the configuration is refused");
    }
    LogSettings logs = configuration.blueprint().telemetry().logs();
    Logs.install(new LogSettings(LogSettings.Level.WARN, logs.encoding()), host.err());
    try (DeadLetterFolder refused = refused(given, letters)) {
      ReplayTarget target =
          new ReplayWiring(host, components, memory)
              .build(
                  configuration.blueprint(), given.all("--only"), given.has("--delete"), refused);
      Replay replay = new Replay(target, terminal, host.threads());
      host.signals().on("TERM", replay::stop);
      host.signals().on("INT", replay::stop);
      return replay.run(source);
    }
  }

  private @Nullable DeadLetterFolder refused(Given given, @Nullable Path letters)
      throws IOException {
    String name = given.one("--dead-letters", "");
    if (name.isEmpty()) {
      return null;
    }
    Path folder = Path.of(name);
    DeadLetterFolder opened =
        DeadLetterFolder.open(folder, DEAD_LETTER_BYTES_MAX, host.clock(), host.threads());
    if (letters != null && Files.isSameFile(folder, letters)) {
      opened.close();
      throw new IOException("--dead-letters: name another folder than that of the letters sent");
    }
    return opened;
  }
}
