package dev.sluice.receivers.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenAddressesTest {
  @Test
  void localhostIsLoopbackOnly() throws Exception {
    List<InetSocketAddress> addresses = ListenAddresses.resolve("localhost", 4317);
    assertEquals("127.0.0.1", addresses.getFirst().getAddress().getHostAddress());
    assertTrue(addresses.stream().allMatch(address -> address.getAddress().isLoopbackAddress()));
    assertTrue(addresses.stream().allMatch(address -> address.getPort() == 4317));
  }

  @Test
  void anyFreePortIsOfOneAddressOnly() throws Exception {
    assertEquals(1, ListenAddresses.resolve("localhost", 0).size());
  }

  @Test
  void noHostIsEveryAddress() throws Exception {
    assertTrue(ListenAddresses.resolve("", 1).getFirst().getAddress().isAnyLocalAddress());
    assertTrue(ListenAddresses.resolve("0.0.0.0", 1).getFirst().getAddress().isAnyLocalAddress());
  }

  @Test
  void anUnknownNameIsSaid() {
    assertThrows(UnknownHostException.class, () -> ListenAddresses.resolve("no.such.invalid", 1));
  }
}
