package dev.sluice.ondisk;

import dev.sluice.otlp.MalformedException;
import dev.sluice.otlp.ProtoToJson;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.DeadLetterNote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code sluice dead-letters ls}, {@code inspect} and {@code verify}. */
public final class LetterReport {
  private static final int SAMPLE_LENGTH = 160;

  private final Terminal terminal;

  /** What is counted together. */
  private record Group(String exporter, String signal, String rule) {}

  public LetterReport(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Counts the letters by exporter, signal and rule, which is always well. */
  public boolean list(LetterFolder folder, Selection selection) {
    Map<Group, List<Letter>> groups = new LinkedHashMap<>();
    for (Letter letter : folder.select(selection)) {
      DeadLetterNote note = letter.note();
      Group group = new Group(note.exporter(), note.signal().label(), note.rule());
      groups.computeIfAbsent(group, key -> new ArrayList<>()).add(letter);
    }
    terminal.line("%s: %s", folder.path(), Terminal.count(folder.letters().size(), "letter"));
    groups.forEach(this::list);
    folder.problems().forEach(problem -> terminal.line("damaged: %s", problem));
    return true;
  }

  private void list(Group group, List<Letter> letters) {
    long items = letters.stream().mapToLong(letter -> letter.note().items()).sum();
    long bytes = letters.stream().mapToLong(Letter::bytes).sum();
    terminal.line("%s, %s, %s", group.exporter, group.signal, group.rule);
    terminal.line(
        "  %s, %s, %s",
        Terminal.count(letters.size(), "letter"),
        Terminal.count(items, "item"),
        Terminal.count(bytes, "byte"));
    terminal.line("  oldest %s, newest %s", letters.getFirst().time(), letters.getLast().time());
    terminal.line("  last reason: %s", sample(letters.getLast().note().reason()));
  }

  private static String sample(String reason) {
    String line = reason.replaceAll("\\s+", " ");
    return line.length() <= SAMPLE_LENGTH ? line : line.substring(0, SAMPLE_LENGTH) + "...";
  }

  /** Shows letters whole; false when one is damaged. */
  public boolean inspect(LetterFolder folder, Selection selection, boolean asJson)
      throws IOException {
    boolean sound = true;
    for (Letter letter : folder.select(selection)) {
      Telemetry telemetry = letter.telemetry();
      if (asJson) {
        JsonLine.write(
            terminal.out(),
            telemetry,
            json -> {
              json.writeStringProperty("letter", letter.name());
              json.writeStringProperty("time", letter.time());
              json.writeStringProperty("pipeline", letter.note().pipeline());
              json.writeStringProperty("exporter", letter.note().exporter());
              json.writeStringProperty("rule", letter.note().rule());
              json.writeStringProperty("reason", letter.note().reason());
            });
      } else {
        terminal.line("%s (%s)", letter.name(), letter.time());
        terminal.out().print(letter.note().text());
        terminal.line("%s\n", payload(telemetry));
      }
      sound &= JsonLine.problem(telemetry).isEmpty();
      if (terminal.out().checkError()) {
        return sound; // nobody reads any more
      }
    }
    return sound;
  }

  private static String payload(Telemetry telemetry) {
    try {
      Telemetry checked = Telemetry.parse(telemetry.signal(), telemetry.bytes());
      return new String(ProtoToJson.request(checked), StandardCharsets.UTF_8);
    } catch (MalformedException e) {
      return "damaged: " + JsonLine.problem(telemetry);
    }
  }

  /** Reads and checks all letters, and says which are damaged; whether none is. */
  public boolean verify(LetterFolder folder) throws IOException {
    long problems = folder.problems().size();
    long items = 0;
    folder.problems().forEach(problem -> terminal.line("  damaged: %s", problem));
    for (Letter letter : folder.letters()) {
      String problem = JsonLine.problem(letter.telemetry());
      items += letter.note().items();
      if (!problem.isEmpty()) {
        problems++;
        terminal.line("  damaged: %s: %s", letter.payload().getFileName(), problem);
      }
    }
    terminal.line(
        "%s: %s, %s, %s",
        folder.path(),
        problems == 0 ? "clean" : Terminal.count(problems, "problem"),
        Terminal.count(folder.letters().size(), "letter"),
        Terminal.count(items, "item"));
    return problems == 0;
  }
}
