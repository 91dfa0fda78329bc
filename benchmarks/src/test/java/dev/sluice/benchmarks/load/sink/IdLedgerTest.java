package dev.sluice.benchmarks.load.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IdLedgerTest {
  private static final long FIRST = 1L << 52;
  private static final int ITEMS = 100;

  private final IdLedger ledger = new IdLedger(FIRST, ITEMS, 10);

  @Test
  void allThatWasAcceptedArrived() {
    ledger.accepted(0);
    ledger.accepted(9);
    deliver(0, 100);
    deliver(900, 1000);
    assertEquals(new IdLedger.Account(200, 200, 0, 0, 0, 0), ledger.account());
  }

  @Test
  void seesWhatIsMissing() {
    ledger.accepted(3);
    deliver(300, 350);
    deliver(351, 400);
    assertEquals(new IdLedger.Account(100, 99, 1, 0, 0, 0), ledger.account());
  }

  @Test
  void seesDuplicates() {
    ledger.accepted(0);
    deliver(0, 100);
    deliver(63, 65);
    assertEquals(new IdLedger.Account(100, 102, 0, 2, 0, 0), ledger.account());
  }

  @Test
  void seesWhatWasNotAcceptedAndCame() {
    deliver(500, 600);
    assertEquals(new IdLedger.Account(0, 100, 0, 0, 100, 0), ledger.account());
  }

  @Test
  void seesWhatWasNeverSent() {
    deliver(-1, 0);
    deliver(1000, 1001);
    assertEquals(new IdLedger.Account(0, 2, 0, 0, 0, 2), ledger.account());
  }

  @Test
  void refusesMoreThanItCanHold() {
    assertThrows(IllegalArgumentException.class, () -> new IdLedger(0, 1000, 1L << 30));
  }

  private void deliver(long from, long to) {
    long[] ids = LongStream.range(FIRST + from, FIRST + to).toArray();
    ledger.delivered(ids, ids.length);
  }
}
