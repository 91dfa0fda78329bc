package dev.sluice.it;

import dev.sluice.otlp.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Received = delivered + refused + dropped + dead-lettered + held, per signal, whatever happened:
 * each exporter has an account for everything that the receivers took, and nothing else. Holds for
 * configurations in which every receiver feeds every pipeline of a signal.
 */
final class ConservationLaw {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private ConservationLaw() {}

  /**
   * Waits until the two pages agree, which are read one after the other, and shows the accounts.
   */
  static Ledger check(SluiceProcess sluice) {
    Ledger ledger =
        Await.until(
            "the conservation law holds",
            LIMIT,
            sluice::ledger,
            read -> violations(read).isEmpty());
    ledger.accounts().stream()
        .filter(account -> account.accepted() > 0)
        .forEach(account -> Evidence.show("law: %s", account));
    return ledger;
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
      long received = ledger.accepted(signal(account));
      if (account.accepted() != received) {
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
