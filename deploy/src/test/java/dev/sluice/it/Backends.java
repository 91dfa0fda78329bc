package dev.sluice.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Where the real backends are. Asking for one that has no address skips the test, loudly; with
 * {@code SLUICE_IT_REQUIRED=true} it fails, except for Tempo, which not every machine can have.
 */
final class Backends {
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private Backends() {}

  static Prometheus prometheus() {
    return new Prometheus(address("PROMETHEUS_URL", required()));
  }

  static Loki loki() {
    return new Loki(address("LOKI_URL", required()));
  }

  static Tempo tempo() {
    return new Tempo(
        address("TEMPO_URL", false),
        address("TEMPO_OTLP_GRPC", false),
        address("TEMPO_OTLP_HTTP", false));
  }

  /** A backend's binary, to start one that may be stopped. */
  static Path binary(String name) {
    String folder = environment("SLUICE_IT_BIN");
    Path path =
        folder.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache", "backends", "bin", name)
            : Path.of(folder, name);
    if (!Files.isExecutable(path)) {
      missing("there is no " + path + ", see SLUICE_IT_BIN", required());
    }
    return path;
  }

  /** An environment variable; empty when it is not set. */
  static String environment(String name) {
    String value = System.getenv(name);
    return value == null ? "" : value;
  }

  /** Whether what is missing is a failure. */
  static boolean required() {
    return environment("SLUICE_IT_REQUIRED").equals("true");
  }

  /** Skips the test, or fails it. */
  static void missing(String what, boolean required) {
    if (required) {
      Assertions.fail(what + ", and SLUICE_IT_REQUIRED=true");
    }
    if (TOLD.add(what)) {
      Evidence.show("SKIPPED: %s; what needs it is not tested", what);
    }
    Assumptions.abort(what);
  }

  private static String address(String variable, boolean required) {
    String value = environment(variable);
    if (value.isEmpty()) {
      missing(variable + " is not set", required);
    }
    return value;
  }
}
