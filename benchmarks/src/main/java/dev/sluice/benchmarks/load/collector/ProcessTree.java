package dev.sluice.benchmarks.load.collector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process and all that it has started use, from {@code /proc}. A process that ended
 * meanwhile counts nothing; what it used is then in its parent's account of its children.
 */
final class ProcessTree {
  /** What {@code sysconf(_SC_CLK_TCK)} is on every Linux of today. */
  private static final double TICKS_PER_SECOND = 100;

  private static final Pattern SPACES = Pattern.compile("\\s+");

  /** Of {@code stat}, after the name: utime, stime, cutime, cstime. */
  private static final int FIRST_TIME = 11;

  private static final int TIMES = 4;

  /** What to write to {@code clear_refs} to start the peak of memory anew. */
  private static final String RESET_PEAK = "5";

  private final Path proc;
  private final long pid;

  /**
   * @param proc where the kernel tells of processes: {@code /proc}
   */
  ProcessTree(Path proc, long pid) {
    this.proc = proc;
    this.pid = pid;
  }

  /** CPU that was used so far, user and system, in seconds. */
  double cpuSeconds() {
    double ticks = 0;
    for (long process : processes()) {
      ticks += ticks(read(process, "stat"));
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** Resident memory now, in MiB. */
  double rssMib() {
    return sumOfMib("VmRSS");
  }

  /**
   * The most resident memory since {@link #resetPeak}, or ever where that is not allowed, in MiB.
   */
  double peakRssMib() {
    return sumOfMib("VmHWM");
  }

  /** Starts the peak of resident memory anew. */
  void resetPeak() {
    for (long process : processes()) {
      try {
        Files.writeString(file(process, "clear_refs"), RESET_PEAK);
      } catch (IOException _) {
        // Then the peak is that of the whole life, which is never too low.
      }
    }
  }

  private double sumOfMib(String field) {
    double kib = 0;
    for (long process : processes()) {
      kib += kib(read(process, "status"), field);
    }
    return kib / 1024;
  }

  /** The ticks of a {@code stat} line; the name in it may hold spaces and parentheses. */
  static long ticks(String stat) {
    int end = stat.lastIndexOf(')');
    if (end < 0) {
      return 0;
    }
    String fields = stat.substring(end + 1).strip();
    return SPACES
        .splitAsStream(fields)
        .skip(FIRST_TIME)
        .limit(TIMES)
        .mapToLong(Long::parseLong)
        .sum();
  }

  /** A field of {@code status} in KiB; 0 when it is not there, as with kernel threads. */
  static long kib(String status, String field) {
    Matcher matcher = Pattern.compile("(?m)^" + field + ":\\s+(\\d+) kB$").matcher(status);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  /** The process and its descendants. */
  List<Long> processes() {
    List<Long> found = new ArrayList<>(List.of(pid));
    for (int i = 0; i < found.size(); i++) {
      found.addAll(children(found.get(i)));
    }
    return found;
  }

  /** Each thread has its own list of the processes that it started. */
  private List<Long> children(long process) {
    List<Long> children = new ArrayList<>();
    try (Stream<Path> tasks = Files.list(file(process, "task"))) {
      for (Path task : tasks.toList()) {
        numbers(read(task.resolve("children"))).forEach(children::add);
      }
    } catch (IOException | UncheckedIOException _) {
      return children; // It has just ended.
    }
    return children;
  }

  private static Stream<Long> numbers(String text) {
    return SPACES.splitAsStream(text.strip()).filter(word -> !word.isEmpty()).map(Long::valueOf);
  }

  private String read(long process, String name) {
    return read(file(process, name));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException _) {
      return "";
    }
  }

  private Path file(long process, String name) {
    return proc.resolve(Long.toString(process)).resolve(name);
  }
}
