package dev.sluice.receivers.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

/** Reliability test 25: connections are bounded, all together and from one address. */
class ConnectionLimitTest {
  private static final SocketAddress ONE = of("192.0.2.1", 1000);
  private static final SocketAddress SAME = of("192.0.2.1", 1001);
  private static final SocketAddress OTHER = of("192.0.2.2", 1000);

  @Test
  void oneAddressLeavesRoomForTheOthers() {
    ConnectionLimit limit = new ConnectionLimit(10, 1);
    assertTrue(limit.tryOpen(ONE));
    assertFalse(limit.tryOpen(SAME));
    assertTrue(limit.tryOpen(OTHER));
    limit.close(ONE);
    assertTrue(limit.tryOpen(SAME));
    assertEquals(2, limit.open());
  }

  @Test
  void allTogetherAreBoundedToo() {
    ConnectionLimit limit = new ConnectionLimit(1, 10);
    assertTrue(limit.tryOpen(ONE));
    assertFalse(limit.tryOpen(OTHER));
    limit.close(ONE);
    assertTrue(limit.tryOpen(OTHER));
  }

  @Test
  void nothingIsRememberedOfAddressesThatAreGone() {
    ConnectionLimit limit = new ConnectionLimit(3, 2);
    for (int i = 0; i < 100_000; i++) {
      SocketAddress address = of("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255), 1);
      assertTrue(limit.tryOpen(address));
      limit.close(address);
    }
    assertEquals(0, limit.open());
    assertEquals(0, limit.addresses());
  }

  @Test
  void zeroSetsNoLimitForAnAddress() {
    ConnectionLimit limit = new ConnectionLimit(1000, 0);
    for (int i = 0; i < 1000; i++) {
      assertTrue(limit.tryOpen(ONE));
    }
    assertFalse(limit.tryOpen(ONE));
  }

  private static SocketAddress of(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }
}
