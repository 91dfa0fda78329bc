package dev.sluice.exporters.loki;

import dev.sluice.pipeline.Loss;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads from the text of a 400 which entries of a request Loki has refused. Cold path; used once.
 * The texts are those of Loki 3's {@code pkg/validation/validate.go}, {@code pkg/util/errors} and
 * {@code pkg/ingester/stream.go}.
 *
 * <p>An entry is identified by its stream and its time or size, and then its number in the batch is
 * known. Where no more entries fit than Loki counts, all of them are meant; where more fit, the
 * count is Loki's, and which they are is not known. A text that says nothing known, or was cut,
 * makes the whole request refused: we never claim the delivery of what Loki may not have, and to
 * send dead letters again does no harm, since Loki keeps one of equal entries. Never more are
 * refused than were sent.
 *
 * <p>Loki's answer can be incomplete by itself: refusals by its ingester hide those by its
 * distributor, and those of all but a request's last stream.
 */
final class Refusal {
  private static final String COUNT = "(?:(\\d+) errors like: )?";
  private static final String STREAM = "'(\\{.*?\\})'";
  private static final Pattern TIME =
      Pattern.compile(
          COUNT + "entry for stream " + STREAM + " has timestamp too (?:old|new): ([^\\s,;]+)");
  private static final Pattern LINE =
      Pattern.compile(
          COUNT
              + "max entry size '\\d+' bytes exceeded for stream "
              + STREAM
              + " while adding an entry with length '(\\d+)' bytes");
  private static final Pattern METADATA_BYTES =
      Pattern.compile(COUNT + "stream " + STREAM + " has structured metadata too large: '(\\d+)'");
  private static final Pattern METADATA_ENTRIES =
      Pattern.compile(
          COUNT + "stream " + STREAM + " has too many structured metadata labels: '(\\d+)'");
  private static final Pattern METADATA_DISALLOWED =
      Pattern.compile("stream " + STREAM + " includes structured metadata, but this feature is");
  private static final List<Pattern> WHOLE_STREAMS =
      List.of(
          Pattern.compile("entry for stream " + STREAM + " has \\d+ label names"),
          Pattern.compile("stream " + STREAM + " has label (?:name|value) too long"),
          Pattern.compile("stream " + STREAM + " has duplicate label name"),
          Pattern.compile("error parsing labels " + STREAM + " with error"),
          Pattern.compile("missing required labels '.*?' for user '.*?' for stream " + STREAM));
  private static final Pattern BEHIND =
      Pattern.compile(
          "entry with timestamp (\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)? [+-]\\d{4})");
  private static final Pattern BEHIND_TOTAL =
      Pattern.compile("total ignored: (\\d+) out of \\d+ for stream: (\\{.*\\})");
  private static final Pattern CUTOFF =
      Pattern.compile("oldest acceptable timestamp is: ([^\\s,;']+)'");
  private static final DateTimeFormatter GO_TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern(" xx")
          .toFormatter(Locale.ROOT);
  private static final long NANOS_A_SECOND = 1_000_000_000L;

  private final String text;
  private final SentEntries sent;
  private final BitSet known = new BitSet();
  private long unknown;
  private boolean understood;

  private Refusal(String text, PushBody body) {
    this.text = text;
    sent = new SentEntries(body);
  }

  /**
   * What Loki refused of a request.
   *
   * @param truncated whether the text goes on
   * @param reason for the losses
   */
  static List<Loss> read(String text, boolean truncated, PushBody body, String reason) {
    Refusal refusal = new Refusal(text, body);
    refusal.read();
    if (truncated || !refusal.understood) {
      String unclear = reason + " (it does not tell which it stored, so all of them count)";
      return List.of(Loss.rejected(body.items(), body.ordinals(), unclear));
    }
    return refusal.losses(body, reason);
  }

  /**
   * Whether Loki takes no structured metadata at all: that is its configuration's fault and not the
   * data's, and every entry that has any would be lost.
   */
  static boolean isOfAllMetadata(String text, PushBody body) {
    SentEntries sent = new SentEntries(body);
    for (Matcher match = METADATA_DISALLOWED.matcher(text); match.find(); ) {
      if (!sent.find(match.group(1), (_, _) -> true).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private void read() {
    for (Matcher match = TIME.matcher(text); match.find(); ) {
      long second = epochSecond(match.group(3));
      refuse(match, (stream, i) -> second(stream, i) == second);
    }
    for (Matcher match = LINE.matcher(text); match.find(); ) {
      long bytes = number(match.group(3));
      refuse(match, (stream, i) -> SentEntries.lineBytes(stream, i) == bytes);
    }
    for (Matcher match = METADATA_BYTES.matcher(text); match.find(); ) {
      long bytes = number(match.group(3));
      refuse(match, (stream, i) -> SentEntries.metadataBytes(stream, i) == bytes);
    }
    for (Matcher match = METADATA_ENTRIES.matcher(text); match.find(); ) {
      long entries = number(match.group(3));
      refuse(match, (stream, i) -> SentEntries.metadataEntries(stream, i) == entries);
    }
    readWholeStreams();
    readBehind();
  }

  private void readWholeStreams() {
    for (Pattern pattern : WHOLE_STREAMS) {
      for (Matcher match = pattern.matcher(text); match.find(); ) {
        BitSet entries = sent.find(match.group(1), (_, _) -> true);
        refuse(Math.max(1, entries.cardinality()), entries);
      }
    }
  }

  /** Reads an ingester's answer: it lists a few entries and tells how many there are. */
  private void readBehind() {
    Matcher total = BEHIND_TOTAL.matcher(text);
    if (!total.find()) {
      return;
    }
    long count = number(total.group(1));
    Set<Long> times = new HashSet<>();
    for (Matcher match = BEHIND.matcher(text); match.find(); ) {
      times.add(goTimeNanos(match.group(1)));
    }
    BitSet entries = sent.find(total.group(2), (stream, i) -> times.contains(stream.timeNanos(i)));
    if (entries.cardinality() < count) {
      long cutoff = newestCutoff();
      entries.or(sent.find(total.group(2), (stream, i) -> second(stream, i) < cutoff));
    }
    refuse(count, entries);
  }

  private long newestCutoff() {
    long newest = Long.MIN_VALUE;
    for (Matcher match = CUTOFF.matcher(text); match.find(); ) {
      newest = Math.max(newest, epochSecond(match.group(1)));
    }
    return newest;
  }

  private void refuse(Matcher match, SentEntries.Test test) {
    refuse(match.group(1) == null ? 1 : number(match.group(1)), sent.find(match.group(2), test));
  }

  /** Refuses {@code count} entries: the candidates, unless there are more of them than that. */
  private void refuse(long count, BitSet candidates) {
    understood = true;
    if (candidates.cardinality() > count) {
      unknown += count;
    } else {
      unknown += count - candidates.cardinality();
      known.or(candidates);
    }
  }

  private List<Loss> losses(PushBody body, String reason) {
    List<Loss> losses = new ArrayList<>();
    int identified = known.cardinality();
    if (identified > 0) {
      losses.add(Loss.rejected(identified, known, reason));
    }
    int others = (int) Math.min(unknown, body.items() - identified);
    if (others > 0) {
      losses.add(Loss.rejected(others, null, reason));
    }
    return losses;
  }

  private static long second(LogStream stream, int index) {
    return Math.floorDiv(stream.timeNanos(index), NANOS_A_SECOND);
  }

  /** The second of an RFC 3339 time; one that no entry has when it is none. */
  private static long epochSecond(String time) {
    try {
      return OffsetDateTime.parse(time).toEpochSecond();
    } catch (DateTimeException e) {
      return Long.MIN_VALUE;
    }
  }

  /** A time as Go prints it; one that no entry has when it is none. */
  private static long goTimeNanos(String time) {
    try {
      Instant instant = GO_TIME.parse(time, OffsetDateTime::from).toInstant();
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), NANOS_A_SECOND), instant.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      return Long.MIN_VALUE;
    }
  }

  private static long number(String digits) {
    return digits.length() > 9 ? Integer.MAX_VALUE : Long.parseLong(digits);
  }
}
