package dev.sluice.pipeline;

import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.DeadLetters.Letter;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is written beside a dead letter. Immutable.
 *
 * @param items of the letter
 * @param rule what decided that it was lost
 * @param reason what a person should know; may have several lines
 */
public record DeadLetterNote(
    String pipeline, String exporter, int items, Signal signal, String rule, String reason) {
  private static final String REASON = "reason: ";

  static DeadLetterNote of(Letter letter) {
    return new DeadLetterNote(
        letter.pipeline(),
        letter.exporter(),
        letter.telemetry().items(),
        letter.telemetry().signal(),
        letter.rule(),
        letter.reason());
  }

  /** As it is written. */
  public String text() {
    return """
    pipeline: %s
    exporter: %s
    items: %d %s
    rule: %s
    reason: %s
    """
        .formatted(pipeline, exporter, items, signal.items(), rule, reason);
  }

  /** Reads a note; null when it is none. */
  public static @Nullable DeadLetterNote parse(String text) {
    int reason = text.indexOf("\n" + REASON);
    if (reason < 0) {
      return null;
    }
    Map<String, String> fields = new TreeMap<>();
    for (String line : text.substring(0, reason).lines().toList()) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        fields.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    return of(fields, text.substring(reason + 1 + REASON.length()).strip());
  }

  private static @Nullable DeadLetterNote of(Map<String, String> fields, String reason) {
    String[] items = fields.getOrDefault("items", "").split(" ", -1);
    if (items.length != 2 || !items[0].matches("[0-9]{1,9}")) {
      return null;
    }
    for (Signal signal : Signal.values()) {
      if (signal.items().equals(items[1])) {
        return new DeadLetterNote(
            fields.getOrDefault("pipeline", ""),
            fields.getOrDefault("exporter", ""),
            Integer.parseInt(items[0]),
            signal,
            fields.getOrDefault("rule", ""),
            reason);
      }
    }
    return null;
  }
}
