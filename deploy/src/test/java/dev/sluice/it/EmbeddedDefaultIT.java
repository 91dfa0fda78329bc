package dev.sluice.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.otlp.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code ./sluice} without arguments: the SDKs deliver to its fixed ports, and it shows it. */
class EmbeddedDefaultIT {
  @RegisterExtension final Products products = new Products();

  @Test
  void takesEverySdkOnItsDefaultPortsAndShowsWhatArrived() {
    SluiceProcess sluice = products.start("", Map.of());
    List<Sdk> sdks = new ArrayList<>(List.of(JavaSdk.values()));
    sdks.addAll(List.of(ScriptedSdk.values()));
    for (Sdk sdk : sdks) {
      String service = Requests.unique("embedded-" + sdk.label());
      new SdkSample(service, sdk.send(sluice, service)).isRecentIn(sluice);
    }
    Ledger ledger = ConservationLaw.check(sluice);
    assertEquals(2L * sdks.size(), ledger.accepted(Signal.TRACES));
    assertEquals(2L * sdks.size(), ledger.accepted(Signal.LOGS));
  }
}
