package dev.sluice.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two backends of one pipeline, one of which is dead from the beginning. */
class DeadSiblingIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern ITEMS = Pattern.compile("items: (\\d+) log_records");

  @RegisterExtension final Products products = new Products();

  @Test
  void starvesNobodyAndWhatItDoesNotGetIsInTheDeadLetters() throws Exception {
    Loki loki = Backends.loki();
    SluiceProcess sluice =
        products.start(
            "dead-sibling.yaml", Map.of("LOKI_PUSH", loki.push(), "SLUICE_SHUTDOWN_TIMEOUT", "2s"));
    String service = Requests.unique("sibling");
    Loader loader = Load.logs("grpc", OtlpClient.grpc(sluice.grpc()), service);
    Await.until(
        "the dead one has given up some",
        LIMIT,
        () -> sluice.ledger().account("loki/dead"),
        account -> account.deadLettered() > 0);
    loader.stop();
    long accepted = loader.acceptedItems();
    assertEquals(0, loader.refusals());
    Await.until("all in Loki", LIMIT, () -> Load.lines(loki, service), lines -> lines == accepted);
    Ledger ledger = ConservationLaw.check(sluice);
    assertEquals(accepted, ledger.account("loki").delivered());
    assertTrue(ledger.account("loki/dead").failing());
    sluice.stop();
    long letters = 0;
    for (SluiceProcess.DeadLetter letter : sluice.deadLetters()) {
      letters += items(letter.note());
    }
    assertEquals(accepted, letters, sluice::logTail);
    Evidence.show("accepted %d: Loki has all, the dead letters have all of loki/dead", accepted);
  }

  private static long items(String note) {
    Matcher items = ITEMS.matcher(note);
    assertTrue(items.find(), note);
    return Long.parseLong(items.group(1));
  }
}
