package dev.sluice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much memory there is, for limits that nobody has set.
 *
 * @param totalBytes of the container, or of the machine when there is no limit
 * @param heapBytes what the JVM's heap may grow to
 */
record Memory(long totalBytes, long heapBytes) {
  private static final List<Path> CONTAINER =
      List.of(
          Path.of("/sys/fs/cgroup/memory.max"),
          Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes"));
  private static final Path MACHINE = Path.of("/proc/meminfo");

  /** A third of the heap: the rest is for what is being sent, and for what shows it. */
  private static final int TELEMETRY_SHARE = 3;

  static Memory ofProcess() {
    long heap = Runtime.getRuntime().maxMemory();
    long total = machineBytes(heap);
    for (Path limit : CONTAINER) {
      total = Math.min(total, limitBytes(firstLine(limit)));
    }
    return new Memory(total, heap);
  }

  /** What telemetry may take of it, all pipelines together. */
  long telemetryBytes() {
    return heapBytes / TELEMETRY_SHARE;
  }

  /** A container's limit from its file; the largest long when it says none. */
  static long limitBytes(@Nullable String line) {
    boolean number = line != null && line.matches("[0-9]{1,18}");
    return number ? Long.parseLong(line) : Long.MAX_VALUE;
  }

  private static long machineBytes(long fallback) {
    String line = firstLine(MACHINE);
    String kibibytes = line == null ? "" : line.replaceAll("[^0-9]", "");
    return kibibytes.isEmpty() ? fallback : Long.parseLong(kibibytes) * 1024;
  }

  private static @Nullable String firstLine(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.findFirst().map(String::strip).orElse(null);
    } catch (IOException e) {
      return null;
    }
  }
}
