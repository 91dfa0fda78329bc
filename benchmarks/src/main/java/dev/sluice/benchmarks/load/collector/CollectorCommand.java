package dev.sluice.benchmarks.load.collector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a collector is started.
 *
 * @param name what results call it; a name that starts with {@code otelcol} has no {@code loki}
 *     exporter and gets Loki's OTLP endpoint; one that ends in {@code memory_limiter} gets that
 *     processor
 * @param command a line of sh, in which {@value #CONFIG} stands for the configuration's path
 */
public record CollectorCommand(String name, String command) {
  static final String CONFIG = "{config}";

  private static final int VERSION_SECONDS_MAX = 120;

  public CollectorCommand {
    if (!command.contains(CONFIG)) {
      throw new IllegalArgumentException("no " + CONFIG + " in the command of " + name);
    }
  }

  /** Reads {@code NAME=COMMAND}. */
  public static CollectorCommand parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("expected NAME='COMMAND {config}', got " + text);
    }
    return new CollectorCommand(text.substring(0, equals), text.substring(equals + 1));
  }

  boolean hasLokiExporter() {
    return !name.startsWith("otelcol");
  }

  boolean hasMemoryLimiter() {
    return name.endsWith("memory_limiter");
  }

  String line(Path config) {
    return "exec " + command.replace(CONFIG, config.toString());
  }

  /** The command without the folder of its program, for results that other machines read. */
  public String published() {
    String program = program();
    return Path.of(program).getFileName() + command.substring(program.length());
  }

  private String program() {
    return command.split(" ", 2)[0];
  }

  /**
   * What the program says of its version; {@code unknown} when it says nothing. Also gives a
   * launcher the time to build.
   */
  public String version() throws IOException, InterruptedException {
    String said = ask("--version");
    return said.isEmpty() ? versionOfComponents() : said;
  }

  /** A Collector made with its builder may know no {@code --version}, but that of its modules. */
  private String versionOfComponents() throws IOException, InterruptedException {
    Matcher module =
        Pattern.compile("go\\.opentelemetry\\.io/collector/\\S+ v\\S+").matcher(ask("components"));
    return module.find() ? module.group() : "unknown";
  }

  /** What the program prints when it is called so; nothing when it fails. */
  private String ask(String argument) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(program(), argument)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(VERSION_SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return "";
    }
    return process.exitValue() == 0 ? text.strip() : "";
  }
}
