package dev.sluice.receivers.limits;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How many connections a listener may have open at once, all together and from one address, so that
 * one host cannot take all of them. Thread-safe; it knows as many addresses as are connected.
 */
public final class ConnectionLimit {
  private final int connectionsMax;
  private final int perAddressMax;
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentMap<InetAddress, Integer> openByAddress = new ConcurrentHashMap<>();

  /**
   * @param connectionsMax all together
   * @param perAddressMax from one address; 0 sets no limit
   */
  public ConnectionLimit(int connectionsMax, int perAddressMax) {
    this.connectionsMax = connectionsMax;
    this.perAddressMax = perAddressMax;
  }

  /** Counts one more; false, and nothing counted, at a limit. */
  public boolean tryOpen(@Nullable SocketAddress remote) {
    if (open.incrementAndGet() <= connectionsMax && tryOpenFrom(addressOf(remote))) {
      return true;
    }
    open.decrementAndGet();
    return false;
  }

  private boolean tryOpenFrom(@Nullable InetAddress address) {
    if (perAddressMax == 0 || address == null) {
      return true;
    }
    if (openByAddress.merge(address, 1, Integer::sum) <= perAddressMax) {
      return true;
    }
    forget(address);
    return false;
  }

  /** One that was counted, from this address, is closed. */
  public void close(@Nullable SocketAddress remote) {
    open.decrementAndGet();
    InetAddress address = addressOf(remote);
    if (perAddressMax > 0 && address != null) {
      forget(address);
    }
  }

  private void forget(InetAddress address) {
    openByAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
  }

  public int open() {
    return open.get();
  }

  /** Addresses that are remembered now. */
  int addresses() {
    return openByAddress.size();
  }

  /** A peer that was gone before anyone asked has none. */
  private static @Nullable InetAddress addressOf(@Nullable SocketAddress remote) {
    return remote instanceof InetSocketAddress socket ? socket.getAddress() : null;
  }
}
