package dev.sluice.benchmarks.load.collector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a collector listens, all on loopback: ports that were free a moment ago.
 *
 * @param grpc OTLP over gRPC
 * @param http OTLP over HTTP
 * @param health of {@code health_check}
 * @param metrics the collector's own
 */
record Ports(int grpc, int http, int health, int metrics) {
  static Ports free() throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return new Ports(port(sockets, 0), port(sockets, 1), port(sockets, 2), port(sockets, 3));
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  private static int port(List<ServerSocket> sockets, int i) {
    return sockets.get(i).getLocalPort();
  }
}
