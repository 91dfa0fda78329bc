package dev.sluice.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.otlp.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Collector project's own generator: as much as it has sent is in the recent store. */
class TelemetrygenIT {
  private static final int COUNT = 120;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @RegisterExtension final Products products = new Products();

  @ParameterizedTest
  @ValueSource(strings = {"gRPC", "HTTP"})
  void countsWhatTheGeneratorHasSent(String transport) throws Exception {
    Path generator = Backends.binary("telemetrygen");
    SluiceProcess sluice = products.start("recent.yaml", Map.of());
    boolean http = transport.equals("HTTP");
    generate(generator, sluice, http, "traces", "--traces", "--child-spans", "2");
    generate(generator, sluice, http, "metrics", "--metrics", "--metric-type", "Sum");
    generate(generator, sluice, http, "logs", "--logs");
    Map<Signal, Long> expected =
        Map.of(Signal.TRACES, 3L * COUNT, Signal.METRICS, (long) COUNT, Signal.LOGS, (long) COUNT);
    for (Signal signal : Signal.values()) {
      long sent = expected.get(signal);
      long shown =
          Await.until(
              sent + " " + signal.items() + " in the recent store",
              LIMIT,
              () -> items(signal, sluice.recent(signal.label())),
              items -> items == sent);
      assertEquals(sent, sluice.ledger().accepted(signal));
      Evidence.show(
          "telemetrygen over %s: sent %d %s, shown %d", transport, sent, signal.items(), shown);
    }
  }

  private static void generate(
      Path generator, SluiceProcess sluice, boolean http, String signal, String... options)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(generator.toString(), signal, "--otlp-insecure", "--rate", "0"));
    command.addAll(
        List.of(
            "--otlp-endpoint",
            http ? sluice.http().substring("http://".length()) : sluice.grpc(),
            options[0],
            Integer.toString(COUNT)));
    command.addAll(List.of(options).subList(1, options.length));
    if (http) {
      command.add("--otlp-http");
    }
    Path output = Files.createTempFile("telemetrygen", ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    String text = Files.readString(output);
    Files.delete(output);
    assertEquals(true, ended, text);
    assertEquals(0, process.exitValue(), text);
  }

  /** Items are what is innermost: spans, data points, log records. */
  private static long items(Signal signal, Json request) {
    return switch (signal) {
      case TRACES -> count(request, "resourceSpans", "scopeSpans", "spans");
      case LOGS -> count(request, "resourceLogs", "scopeLogs", "logRecords");
      case METRICS ->
          count(request, "resourceMetrics", "scopeMetrics", "metrics", "sum", "dataPoints");
    };
  }

  private static long count(Json value, String... path) {
    if (path.length == 0) {
      return 1;
    }
    Json next = value.get(path[0]);
    String[] rest = List.of(path).subList(1, path.length).toArray(String[]::new);
    return next.items().isEmpty() && !next.isEmpty()
        ? count(next, rest)
        : next.items().stream().mapToLong(item -> count(item, rest)).sum();
  }
}
