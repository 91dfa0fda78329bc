package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Collector.Served;
import dev.sluice.auth.Authenticators;
import dev.sluice.config.Endpoint;
import dev.sluice.ledger.ConservationCheck;
import dev.sluice.ledger.LedgerSettings;
import dev.sluice.ledger.TelemetryLedger;
import dev.sluice.meters.Meters;
import dev.sluice.pages.PageServer;
import dev.sluice.pipeline.MemoryBudget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CollectorTest {
  private final TestHost host = new TestHost();

  @Test
  void aTakenPortThatNobodyConfiguredIsGoneWithout() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Collector collector = collector(busy.getLocalPort(), true);
      collector.start();
      assertTrue(collector.ready());
      collector.stop(Duration.ofSeconds(1));
      assertFalse(collector.ready());
      assertEquals(List.of(), host.leaked());
    }
  }

  @Test
  void aTakenPortThatWasConfiguredEndsTheStart() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Collector collector = collector(busy.getLocalPort(), false);
      IOException problem = assertThrows(IOException.class, collector::start);
      assertTrue(problem.getMessage().startsWith("the::path: "), problem::getMessage);
      collector.stop(Duration.ZERO);
      assertEquals(List.of(), host.leaked());
    }
  }

  private Collector collector(int port, boolean optional) {
    PageServer page = new PageServer("page", new Endpoint("127.0.0.1", port), head -> null);
    Host process = host.host();
    TelemetryLedger ledger =
        TelemetryLedger.open(LedgerSettings.DEFAULTS, 0, null, process.clock());
    return new Collector(
        new Collector.Parts(
            Map.of(),
            List.of(),
            List.of(new Served("the::path", page, optional)),
            new MemoryBudget(1 << 20),
            Journals.none(),
            null,
            ledger,
            new ConservationCheck(ledger, List::of, new Meters()),
            new Collector.Guards(
                new Reloader(process.clock(), process.threads()),
                new Authenticators(
                    Map.of(), _ -> {}, new Meters(), process.clock(), process.threads())),
            process.clock(),
            process.threads()));
  }
}
