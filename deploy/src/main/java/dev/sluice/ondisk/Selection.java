package dev.sluice.ondisk;

import dev.sluice.commandline.Given;
import dev.sluice.otlp.Signal;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of the requests on disk are meant. Immutable.
 *
 * @param pipelines all when there are none; so with exporters and rules
 * @param pending the exporter that must not have delivered them; empty for any
 * @param from the first sequence, in each journal
 * @param limit how many at most
 */
public record Selection(
    List<String> pipelines,
    List<String> exporters,
    List<String> rules,
    @Nullable Signal signal,
    String pending,
    long from,
    long limit) {

  /**
   * Reads it from the options.
   *
   * @throws IOException when a value makes no sense
   */
  public static Selection of(Given given) throws IOException {
    return new Selection(
        given.all("--pipeline"),
        given.all("--exporter"),
        given.all("--rule"),
        signal(given.one("--signal", "")),
        given.one("--pending", ""),
        number(given, "--from", 0),
        number(given, "--limit", Long.MAX_VALUE));
  }

  private static @Nullable Signal signal(String label) throws IOException {
    for (Signal signal : Signal.values()) {
      if (signal.label().equals(label)) {
        return signal;
      }
    }
    if (!label.isEmpty()) {
      throw new IOException("--signal: traces, metrics or logs, not " + label);
    }
    return null;
  }

  private static long number(Given given, String option, long fallback) throws IOException {
    if (!given.has(option)) {
      return fallback;
    }
    String text = given.one(option, "");
    if (!text.matches("[0-9]{1,18}")) {
      throw new IOException(option + ": a number, not " + text);
    }
    return Long.parseLong(text);
  }

  boolean hasPipeline(String pipeline) {
    return pipelines.isEmpty() || pipelines.contains(pipeline);
  }

  boolean hasLetter(Letter letter) {
    return (exporters.isEmpty() || exporters.contains(letter.note().exporter()))
        && (rules.isEmpty() || rules.contains(letter.note().rule()))
        && (signal == null || signal == letter.note().signal());
  }
}
