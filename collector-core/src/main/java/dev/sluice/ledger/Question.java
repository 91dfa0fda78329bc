package dev.sluice.ledger;

import dev.sluice.otlp.Signal;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What somebody wants to know the fate of. Immutable. */
public sealed interface Question {
  /** The signal that it is about. */
  Signal signal();

  /** The question as it was asked. */
  String asked();

  /** Whether a subject of the signal is what is asked about. */
  boolean matches(Subject subject);

  /** The first that is what is asked about, or null. */
  default @Nullable Subject first(Iterable<Subject> subjects) {
    for (Subject subject : subjects) {
      if (matches(subject)) {
        return subject;
      }
    }
    return null;
  }

  /**
   * A trace, by its id in hexadecimal.
   *
   * @throws IllegalArgumentException when it is not an id, with what is wrong
   */
  static Question trace(String id) {
    String plain = id.strip().toLowerCase(Locale.ROOT).replace("-", "");
    if (!plain.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("a trace id is 32 hexadecimal digits, not: " + id);
    }
    return new OfTrace(plain);
  }

  /**
   * Log records, by the text of their body or a part of its first {@value
   * SubjectReader#BODY_CHARACTERS_MAX} characters.
   *
   * @throws IllegalArgumentException when it is empty
   */
  static Question log(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("the text of a log record is wanted, and this is empty");
    }
    return new OfLog(text, HexFormat.of().toHexDigits(ValueText.hash(text)));
  }

  /**
   * Series, by name and labels.
   *
   * @throws IllegalArgumentException when it cannot be read, with what is wrong
   */
  static Question series(String text) {
    return new OfSeries(text, Series.parse(text));
  }

  /** One trace. */
  record OfTrace(String id) implements Question {
    @Override
    public Signal signal() {
      return Signal.TRACES;
    }

    @Override
    public String asked() {
      return "trace " + id;
    }

    @Override
    public boolean matches(Subject subject) {
      return subject.id().equals(id);
    }
  }

  /** Log records of a text, or with it in what is kept of theirs. */
  record OfLog(String text, String hash) implements Question {
    @Override
    public Signal signal() {
      return Signal.LOGS;
    }

    @Override
    public String asked() {
      return "log records with the text \"" + text + "\"";
    }

    @Override
    public boolean matches(Subject subject) {
      return subject.id().equals(hash) || subject.text().contains(text);
    }
  }

  /** Series of a name with labels. */
  record OfSeries(String text, Series series) implements Question {
    @Override
    public Signal signal() {
      return Signal.METRICS;
    }

    @Override
    public String asked() {
      return "series " + text;
    }

    @Override
    public boolean matches(Subject subject) {
      return series.asksFor(Series.seen(subject.text()));
    }
  }
}
