package dev.sluice.ledger;

import dev.sluice.ledger.Event.What;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts together what is known about a question. One use, one thread. */
final class Explainer {
  private static final int EVENTS_MAX = 400;

  private final Question question;
  private final List<Journey> journeys;
  private final LossLog.Found losses;
  private final List<Event> events = new ArrayList<>();
  private final Map<String, Fate> fates = new TreeMap<>();
  private Fate fate = Fate.NOT_RECORDED;

  Explainer(Question question, List<Journey> journeys, LossLog.Found losses) {
    this.question = question;
    this.journeys = journeys;
    this.losses = losses;
  }

  Explanation explanation(List<Coverage> samples) {
    losses.found().forEach(this::add);
    journeys.forEach(this::add);
    events.sort(Comparator.comparingLong(Event::epochNanos).thenComparing(Event::what));
    int leftOut = Math.max(0, events.size() - EVENTS_MAX);
    return new Explanation(
        question,
        fate,
        fates,
        List.copyOf(events.subList(leftOut, events.size())),
        leftOut,
        losses.losses(),
        losses.refusals(),
        samples);
  }

  private void add(LossRecord loss) {
    Subject subject = loss.about(question);
    events.add(Event.of(loss, subject == null ? "" : subject.text()));
    if (loss.kind() == LossRecord.Kind.REFUSED) {
      worsen(Fate.REFUSED);
    } else {
      settle(loss.pipeline(), loss.exporter(), loss.isNamed() ? Fate.LOST : Fate.PERHAPS_LOST);
    }
  }

  private void add(Journey journey) {
    events.add(Event.of(What.ACCEPTED, journey.acceptedNanos(), journey));
    for (Journey.Exit exit : journey.exits()) {
      if (exit.takenNanos() > 0) {
        add(journey, exit);
      }
      Fate decided = fate(journey, exit);
      settle(journey.pipeline(), exit.exporter(), decided);
    }
  }

  private void add(Journey journey, Journey.Exit exit) {
    events.add(Event.of(What.TAKEN, exit.takenNanos(), journey, exit, exit.batchItems(), ""));
    if (exit.failures() > 0) {
      String reason = exit.failures() == 1 ? "" : exit.failures() + " attempts, the latest: ";
      events.add(
          Event.of(
              What.ATTEMPT_FAILED,
              exit.failedNanos(),
              journey,
              exit,
              exit.batchItems(),
              reason + exit.failure()));
    }
    if (exit.delivered() > 0) {
      events.add(
          Event.of(What.DELIVERED, exit.deliveredNanos(), journey, exit, exit.delivered(), ""));
    }
  }

  /** What became of a request at an exporter, when the losses do not name it. */
  private Fate fate(Journey journey, Journey.Exit exit) {
    boolean all = exit.takenNanos() > 0 && exit.delivered() >= exit.batchItems();
    if (all) {
      return Fate.DELIVERED;
    }
    if (isLost(journey, exit)) {
      return Fate.NOT_RECORDED; // the loss has said so already
    }
    if (!exit.finished()) {
      return Fate.HELD;
    }
    boolean certain = exit.delivered() > 0 && losses.losses().isWhole();
    return certain ? Fate.DELIVERED : Fate.PERHAPS_LOST;
  }

  private boolean isLost(Journey journey, Journey.Exit exit) {
    return losses.found().stream()
        .anyMatch(loss ->
            loss.pipeline().equals(journey.pipeline())
                && loss.exporter().equals(exit.exporter())
                && loss.epochNanos() >= journey.acceptedNanos());
  }

  private void settle(String pipeline, String exporter, Fate decided) {
    if (decided != Fate.NOT_RECORDED) {
      fates.merge(pipeline + " > " + exporter, decided, Explainer::worse);
      worsen(decided);
    }
  }

  private void worsen(Fate other) {
    fate = worse(fate, other);
  }

  private static Fate worse(Fate one, Fate other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
