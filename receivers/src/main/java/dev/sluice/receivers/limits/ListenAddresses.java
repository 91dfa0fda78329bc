package dev.sluice.receivers.limits;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** From the host of an {@code endpoint} to what is listened on. */
public final class ListenAddresses {
  private ListenAddresses() {}

  /**
   * The addresses of {@code host}, of which the first must be had. Empty is every address of the
   * machine; {@code localhost} is 127.0.0.1 and, with a fixed port and where there is one, ::1, so
   * that a client reaches us whichever its resolver prefers.
   *
   * @throws UnknownHostException when the name has no address
   */
  public static List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    if (host.isEmpty()) {
      return List.of(new InetSocketAddress(port));
    }
    if (!host.equalsIgnoreCase("localhost")) {
      return List.of(new InetSocketAddress(InetAddress.getByName(host), port));
    }
    List<InetSocketAddress> addresses = new ArrayList<>(2);
    addresses.add(new InetSocketAddress(loopback(4), port));
    InetAddress six = loopback(16);
    if (port != 0 && exists(six)) {
      addresses.add(new InetSocketAddress(six, port));
    }
    return addresses;
  }

  private static InetAddress loopback(int bytes) throws UnknownHostException {
    byte[] address = new byte[bytes];
    if (bytes == 4) {
      address[0] = 127;
    }
    address[bytes - 1] = 1;
    return InetAddress.getByAddress("localhost", address);
  }

  private static boolean exists(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }
}
