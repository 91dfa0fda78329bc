package dev.sluice.benchmarks.load.collector;

import dev.sluice.benchmarks.load.LoadCase.Transport;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A collector that runs, on cores of its own. Used by one thread.
 *
 * <p>Life: {@link #start}, {@link #awaitAccepting}, loads, {@link #close}.
 */
public final class CollectorProcess implements AutoCloseable {
  private static final int STOP_SECONDS_MAX = 20;
  private static final int REQUEST_MILLIS_MAX = 2000;
  private static final int POLL_MILLIS = 2;
  private static final int QUIET_MILLIS = 500;

  /** A collector that spends less of a core is at rest. */
  private static final double QUIET_CORES = 0.03;

  private final CollectorCommand command;
  private final Process process;
  private final ProcessTree tree;
  private final Ports ports;
  private final Path log;
  private final long startedNanos;

  private CollectorProcess(
      CollectorCommand command, Process process, Ports ports, Path log, long startedNanos) {
    this.command = command;
    this.process = process;
    this.ports = ports;
    this.log = log;
    this.startedNanos = startedNanos;
    tree = new ProcessTree(Path.of("/proc"), process.pid());
  }

  /**
   * Starts a collector; it is not ready yet.
   *
   * @param lokiPush whether logs go to Loki's push API, when the collector can
   * @param work where its configuration and its log are written
   */
  public static CollectorProcess start(
      CollectorCommand command, Cores cores, int sinkPort, boolean lokiPush, Path work)
      throws IOException {
    Ports ports = Ports.free();
    Path config = work.resolve(command.name() + ".yaml");
    boolean push = lokiPush && command.hasLokiExporter();
    Files.writeString(
        config, CollectorConfig.yaml(ports, sinkPort, push, command.hasMemoryLimiter()));
    Path log = work.resolve(command.name() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(cores.keep("sh", "-c", command.line(config)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("SLUICE_DATA_DIR", work.resolve(command.name() + "-data").toString());
    long startedNanos = System.nanoTime();
    return new CollectorProcess(command, builder.start(), ports, log, startedNanos);
  }

  public String name() {
    return command.name();
  }

  public int port(Transport transport) {
    return transport == Transport.GRPC ? ports.grpc() : ports.http();
  }

  /**
   * Blocks until it accepts an OTLP request; returns the seconds since its start.
   *
   * @throws IOException when it ends, or is not ready in time; with the end of its log
   */
  public double awaitAccepting(Duration limit) throws IOException, InterruptedException {
    while (!accepts()) {
      if (!process.isAlive() || System.nanoTime() - startedNanos > limit.toNanos()) {
        throw new IOException(name() + " did not become ready:\n" + logEnd());
      }
      Thread.sleep(POLL_MILLIS);
    }
    return (System.nanoTime() - startedNanos) / 1e9;
  }

  /** An empty request is a valid one. */
  private boolean accepts() {
    try {
      URI uri = URI.create("http://127.0.0.1:" + ports.http() + "/v1/traces");
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(REQUEST_MILLIS_MAX);
      connection.setReadTimeout(REQUEST_MILLIS_MAX);
      connection.setRequestMethod("POST");
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/x-protobuf");
      connection.getOutputStream().close();
      boolean accepted = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      connection.disconnect();
      return accepted;
    } catch (IOException _) {
      return false;
    }
  }

  private String logEnd() throws IOException {
    String text = Files.readString(log);
    return text.substring(Math.max(0, text.length() - 4000));
  }

  public double cpuSeconds() {
    return tree.cpuSeconds();
  }

  public double rssMib() {
    return tree.rssMib();
  }

  /** The most resident memory since the last reset, in MiB. */
  public double peakRssMib() {
    return tree.peakRssMib();
  }

  public void resetPeakRss() {
    tree.resetPeak();
  }

  /**
   * Blocks until it spends next to no CPU, so has delivered what it held; at most for the limit.
   */
  public void awaitQuiet(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    double before = cpuSeconds();
    while (System.nanoTime() < deadline) {
      Thread.sleep(QUIET_MILLIS);
      double now = cpuSeconds();
      if (now - before <= QUIET_CORES * QUIET_MILLIS / 1000) {
        return;
      }
      before = now;
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to stop, and makes it after {@value #STOP_SECONDS_MAX} s. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
