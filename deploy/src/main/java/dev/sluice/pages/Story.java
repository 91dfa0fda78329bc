package dev.sluice.pages;

import dev.sluice.ledger.Completeness;
import dev.sluice.ledger.Conservation;
import dev.sluice.ledger.Coverage;
import dev.sluice.ledger.Event;
import dev.sluice.ledger.Explanation;
import dev.sluice.ledger.Fate;
import dev.sluice.pipeline.PipelineStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the ledger knows as a text for a person. Times are in UTC. */
final class Story {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final int SUBJECT_CHARACTERS = 100;

  private Story() {}

  static String tell(Explanation explanation, List<PipelineStatus> now) {
    StringBuilder text = new StringBuilder();
    text.append(explanation.question().asked()).append(": ");
    text.append(summary(explanation)).append('\n');
    if (!explanation.events().isEmpty()) {
      text.append('\n');
    }
    if (explanation.eventsLeftOut() > 0) {
      text.append("  … ").append(explanation.eventsLeftOut()).append(" earlier events\n");
    }
    explanation.events().forEach(event -> event(event, text));
    text.append("\nWhat this rests on:\n");
    losses(explanation.losses(), text);
    explanation.samples().forEach(coverage -> coverage(coverage, text));
    refusals(explanation.refusals(), text);
    if (explanation.fate() == Fate.HELD || explanation.fate() == Fate.NOT_RECORDED) {
      text.append("\nNow:\n");
      now.forEach(pipeline -> now(pipeline, text));
    }
    return text.toString();
  }

  /** The answer in a sentence. */
  static String summary(Explanation explanation) {
    String fates =
        explanation.fates().entrySet().stream()
            .map(fate -> word(fate.getValue()) + " by " + fate.getKey())
            .collect(Collectors.joining("; "));
    return switch (explanation.fate()) {
      case LOST, PERHAPS_LOST, HELD, DELIVERED -> fates + ".";
      case REFUSED ->
          "refused, so its sender has it and was told to come again; whether it came again is not"
              + " among the samples, and nothing of it is among the losses.";
      case NOT_RECORDED -> unknown(explanation);
    };
  }

  private static String word(Fate fate) {
    return switch (fate) {
      case LOST -> "lost";
      case PERHAPS_LOST -> "perhaps lost";
      case HELD -> "still held";
      case DELIVERED -> "delivered";
      case REFUSED -> "refused";
      case NOT_RECORDED -> "not recorded";
    };
  }

  private static String unknown(Explanation explanation) {
    String since = time(explanation.losses().sinceNanos());
    return "not sampled. "
        + (explanation.losses().isWhole()
            ? "Nothing of it is among the losses, which are complete since " + since + ": "
            : "Nothing of it is among the losses since " + since + " that have a name: ")
        + "since then it was delivered, or is still held, or never came.";
  }

  private static void event(Event event, StringBuilder text) {
    text.append("  ").append(time(event.epochNanos())).append("  ").append(said(event));
    if (!event.subject().isEmpty()) {
      String subject = event.subject();
      boolean isLong = subject.length() > SUBJECT_CHARACTERS;
      String shown = isLong ? subject.substring(0, SUBJECT_CHARACTERS) + "…" : subject;
      text.append("\n      ").append(shown.replaceAll("\\p{Cntrl}", " "));
    }
    text.append('\n');
  }

  private static String said(Event event) {
    String way = event.pipeline() + " > " + event.exporter();
    return switch (event.what()) {
      case REFUSED ->
          "refused by %s, a request of %s: %s"
              .formatted(event.receiver(), items(event.items()), event.reason());
      case ACCEPTED ->
          "accepted by %s into %s, in a request of %s"
              .formatted(event.receiver(), event.pipeline(), items(event.items()));
      case TAKEN ->
          "taken by %s, in a batch of %s from %s"
              .formatted(
                  way,
                  items(event.items()),
                  event.requests() == 1 ? "1 request" : event.requests() + " requests");
      case ATTEMPT_FAILED -> "not taken by the backend of %s: %s".formatted(way, event.reason());
      case DELIVERED ->
          "confirmed by the backend of %s: %d of the batch's %s"
              .formatted(way, event.items(), items(event.among()));
      case DROPPED, DEAD_LETTERED -> lost(event, way);
    };
  }

  private static String lost(Event event, String way) {
    String which =
        event.items() == event.among()
            ? items(event.items())
            : "%d of %s, and nobody knows which".formatted(event.items(), items(event.among()));
    String kept =
        event.file().isEmpty() ? "and kept nowhere" : "and kept as the dead letter " + event.file();
    return "lost by %s (%s): %s; %s %s".formatted(way, event.rule(), event.reason(), which, kept);
  }

  private static String items(int count) {
    return count == 1 ? "1 item" : count + " items";
  }

  private static void losses(Completeness losses, StringBuilder text) {
    text.append("  losses    since ").append(time(losses.sinceNanos()));
    text.append(losses.isWhole() ? ", all of them named\n" : "\n");
    gaps(losses, text);
  }

  private static void refusals(Completeness refusals, StringBuilder text) {
    text.append("  refusals  since ").append(time(refusals.sinceNanos())).append('\n');
    gaps(refusals, text);
  }

  private static void gaps(Completeness part, StringBuilder text) {
    if (part.unnamedItems() > 0) {
      text.append("            but ").append(part.unnamedItems());
      text.append(" items came too fast to be named\n");
    }
    if (part.damagedLines() > 0) {
      text.append("            but ").append(part.damagedLines());
      text.append(" damaged lines of its files were passed over\n");
    }
    part.unreadable()
        .forEach(file -> text.append("            but not ").append(file).append('\n'));
  }

  private static void coverage(Coverage coverage, StringBuilder text) {
    text.append(
        "  samples   %d of the %d requests of %s since %s%n"
            .formatted(
                coverage.sampled(),
                coverage.requests(),
                coverage.pipeline(),
                time(coverage.sinceNanos())));
  }

  private static void now(PipelineStatus pipeline, StringBuilder text) {
    for (PipelineStatus.Exporter exporter : pipeline.exporters()) {
      text.append("  ").append(pipeline.id()).append(" > ").append(exporter.id());
      text.append(" holds ").append(exporter.held()).append(" items");
      if (exporter.held() > 0) {
        long seconds = Duration.ofNanos(exporter.oldestAgeNanos()).toSeconds();
        text.append(", the oldest for ").append(seconds).append(" s");
      }
      if (exporter.failing()) {
        text.append("; its latest attempt failed: ").append(exporter.lastError());
      }
      text.append('\n');
    }
  }

  /** The conservation law, a line an exporter. */
  static String tell(Conservation law) {
    StringBuilder text = new StringBuilder();
    text.append(
        law.holds()
            ? "The conservation law holds: every item is accounted for.\n\n"
            : "THE CONSERVATION LAW IS BROKEN: items are unaccounted for, which is a bug.\n\n");
    for (Conservation.In in : law.receivers()) {
      text.append(
          "  %s %s: accepted %d, refused %d, unanswered %d%s%n"
              .formatted(
                  in.receiver(),
                  in.signal().label(),
                  in.accepted(),
                  in.refused(),
                  in.unanswered(),
                  imbalance(in.imbalance())));
    }
    for (Conservation.Out out : law.exporters()) {
      Map<String, Long> dropped = new TreeMap<>(out.dropped());
      text.append(
          "  %s > %s: accepted %d = delivered %d + dropped %s + dead-lettered %d + held %d%s%n"
              .formatted(
                  out.pipeline(),
                  out.exporter(),
                  out.accepted(),
                  out.delivered(),
                  dropped.isEmpty() ? "0" : dropped,
                  out.deadLettered(),
                  out.held(),
                  imbalance(out.imbalance())));
    }
    return text.toString();
  }

  private static String imbalance(long items) {
    return items == 0 ? "" : ", IMBALANCE " + items;
  }

  private static String time(long epochNanos) {
    Instant instant = StatusReport.instant(epochNanos);
    return TIME.format(instant);
  }
}
