package dev.sluice.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where a product listens on loopback. */
record Ports(int grpc, int http, int health, int metrics, int recent, int api) {
  /** Those of the embedded default. */
  static final Ports FIXED = new Ports(4317, 4318, 13133, 8888, 4319, 4319);

  /** Ports that are free now. */
  static Ports free() {
    List<Integer> free = free(6);
    return new Ports(free.get(0), free.get(1), free.get(2), free.get(3), free.get(4), free.get(5));
  }

  /** Different ports that are free now. */
  static List<Integer> free(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        sockets.add(socket);
        ports.add(socket.getLocalPort());
      }
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ports;
  }

  /** The variables that the configurations read. */
  Map<String, String> environment() {
    return Map.of(
        "OTLP_GRPC_PORT", Integer.toString(grpc),
        "OTLP_HTTP_PORT", Integer.toString(http),
        "HEALTH_PORT", Integer.toString(health),
        "METRICS_PORT", Integer.toString(metrics),
        "RECENT_PORT", Integer.toString(recent),
        "API_PORT", Integer.toString(api));
  }
}
