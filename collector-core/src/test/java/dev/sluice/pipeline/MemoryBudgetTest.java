package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  @Test
  void reservesUpToItsLimitAndNotAByteMore() {
    MemoryBudget budget = new MemoryBudget(100);
    assertTrue(budget.tryReserve(60));
    assertFalse(budget.tryReserve(41));
    assertTrue(budget.tryReserve(40));
    budget.release(60);
    assertEquals(40, budget.heldBytes());
  }
}
