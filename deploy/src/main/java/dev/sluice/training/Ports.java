package dev.sluice.training;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports on loopback for one training run, which nobody used when they were looked for. */
record Ports(int http, int grpc, int health, int metrics, int recent) {
  static Ports find() throws IOException {
    try (ServerSocket http = open();
        ServerSocket grpc = open();
        ServerSocket health = open();
        ServerSocket metrics = open();
        ServerSocket recent = open()) {
      return new Ports(
          http.getLocalPort(),
          grpc.getLocalPort(),
          health.getLocalPort(),
          metrics.getLocalPort(),
          recent.getLocalPort());
    }
  }

  private static ServerSocket open() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}
