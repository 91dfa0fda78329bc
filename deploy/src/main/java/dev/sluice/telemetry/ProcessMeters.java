package dev.sluice.telemetry;

import com.sun.management.ThreadMXBean;
import dev.sluice.meters.Meters;
import dev.sluice.pipeline.Clock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The meters of the process: the Collector's {@code otelcol_process_*}, read at each scrape without
 * the JVM's management classes, whose loading costs memory.
 */
public final class ProcessMeters {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RSS = "VmRSS:";

  private ProcessMeters() {}

  /**
   * Registers the meters.
   *
   * @param unitSuffix whether names end in their unit
   */
  public static void register(Meters meters, Clock clock, boolean unitSuffix) {
    long started = clock.nanoTime();
    meters.counter(
        "otelcol_process_uptime" + (unitSuffix ? "_seconds" : ""),
        Map.of(),
        () -> (clock.nanoTime() - started) / 1e9);
    meters.counter("otelcol_process_cpu_seconds", Map.of(), ProcessMeters::cpuSeconds);
    if (Files.isReadable(STATUS)) {
      meters.gauge(
          "otelcol_process_memory_rss" + (unitSuffix ? "_bytes" : ""),
          Map.of(),
          ProcessMeters::residentBytes);
    }
    Runtime runtime = Runtime.getRuntime();
    meters.gauge(
        "otelcol_process_runtime_heap_alloc_bytes",
        Map.of(),
        () -> runtime.totalMemory() - runtime.freeMemory());
    meters.counter(
        "otelcol_process_runtime_total_alloc_bytes", Map.of(), ProcessMeters::allocatedBytes);
    meters.gauge("otelcol_process_runtime_total_sys_memory_bytes", Map.of(), runtime::totalMemory);
  }

  private static double allocatedBytes() {
    return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
        ? threads.getTotalThreadAllocatedBytes()
        : Double.NaN;
  }

  private static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  private static double residentBytes() {
    try {
      return residentBytes(Files.readAllLines(STATUS));
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  /** The resident memory in the lines of {@code /proc/self/status}, which count it in kB. */
  static double residentBytes(List<String> lines) {
    for (String line : lines) {
      if (line.startsWith(RSS)) {
        String kibibytes = line.substring(RSS.length()).replace("kB", "").strip();
        return Long.parseLong(kibibytes) * 1024.0;
      }
    }
    return Double.NaN;
  }
}
