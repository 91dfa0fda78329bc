package dev.sluice.it;

import dev.sluice.otlp.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reliability test 42: received = delivered + refused + dropped + dead-lettered + held, per signal,
 * whatever happened, with tolerance 0. What came is what the receivers say that they took or
 * refused, and each exporter has an account for everything that they took, and nothing else. Holds
 * for configurations in which every receiver feeds every pipeline of a signal.
 */
public final class ConservationLaw {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private ConservationLaw() {}

  /** Waits until the pages agree, which are read one after the other, and shows the accounts. */
  static Ledger check(SluiceProcess sluice) {
    Ledger ledger =
        Await.until(
            "the conservation law holds",
            LIMIT,
            sluice::ledger,
            read -> violations(read).isEmpty() && violations(read, sluice.law()).isEmpty());
    ledger.accounts().stream()
        .filter(account -> account.accepted() > 0)
        .forEach(account -> Evidence.show("law: %s", account));
    return ledger;
  }

  /**
   * What is wrong with a process that has nothing in flight, by its own pages.
   *
   * @param metrics the text of {@code /metrics}
   * @param status the JSON of {@code /status}
   * @param conservation the JSON of {@code /api/conservation}
   */
  public static List<String> violations(String metrics, String status, String conservation) {
    Ledger ledger = Ledger.read(metrics, Json.parse(status));
    List<String> violations = new ArrayList<>(violations(ledger));
    violations.addAll(violations(ledger, Json.parse(conservation)));
    return violations;
  }

  /** What is wrong between the meters of the receivers and what the product says of the law. */
  static List<String> violations(Ledger ledger, Json law) {
    List<String> violations = new ArrayList<>();
    if (!law.get("verdict").text().equals("holds")) {
      violations.add("the product says itself: " + law);
    }
    for (Signal signal : Signal.values()) {
      long came = 0;
      for (Json receiver : law.get("receivers").items()) {
        boolean its = receiver.get("signal").text().equals(signal.label());
        came += its ? receiver.get("accepted").number() + receiver.get("refused").number() : 0;
      }
      if (came != ledger.received(signal)) {
        violations.add(
            "%d %s came, and the receivers know of %d"
                .formatted(came, signal.items(), ledger.received(signal)));
      }
    }
    return violations;
  }

  /** What is wrong with the accounts. */
  static List<String> violations(Ledger ledger) {
    List<String> violations = new ArrayList<>();
    for (Ledger.Account account : ledger.accounts()) {
      long sum =
          account.delivered() + account.droppedItems() + account.deadLettered() + account.held();
      if (account.accepted() != sum || account.unaccounted() != 0) {
        violations.add("does not add up: " + account);
      }
      long received = ledger.taken(signal(account));
      if (account.accepted() - account.resumed() != received) {
        violations.add("the receivers took " + received + " but " + account);
      }
    }
    return violations;
  }

  private static Signal signal(Ledger.Account account) {
    for (Signal signal : Signal.values()) {
      if (signal.label().equals(account.signal())) {
        return signal;
      }
    }
    throw new IllegalArgumentException(account.signal());
  }
}
