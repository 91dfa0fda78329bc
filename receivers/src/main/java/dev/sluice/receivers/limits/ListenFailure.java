package dev.sluice.receivers.limits;

import java.io.IOException;

/** Says what to do when an address cannot be listened on. Stateless. */
public final class ListenFailure {
  private ListenFailure() {}

  /**
   * An exception that names the receiver, the key and the address, and what to do.
   *
   * @param receiver its component id
   * @param path the configuration's path of the protocol whose {@code endpoint} it is
   */
  public static IOException of(String receiver, String path, Object endpoint, Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String reason = String.valueOf(root.getMessage());
    return new IOException(
        "receiver %s cannot listen on %s: %s; %s (%s::endpoint)"
            .formatted(receiver, endpoint, reason, advice(reason), path),
        cause);
  }

  private static String advice(String reason) {
    if (reason.contains("in use")) {
      return "another process has the port, stop it or choose another endpoint";
    }
    if (reason.contains("ermission denied")) {
      return "ports below 1024 need a privilege, choose a higher one";
    }
    if (reason.contains("assign requested")) {
      return "this machine does not have the address, choose one that it has";
    }
    return "check the endpoint and tls";
  }
}
