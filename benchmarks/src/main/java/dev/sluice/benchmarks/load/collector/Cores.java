package dev.sluice.benchmarks.load.collector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Some cores of the machine, as {@code taskset} lists them: {@code 0}, {@code 0,2} or {@code 0-3}.
 * Where there is no {@code taskset}, all runs on all cores, and {@link #areKept} says so.
 */
public record Cores(String list) {
  public Cores {
    if (!list.matches("\\d+([,-]\\d+)*")) {
      throw new IllegalArgumentException("expected cores such as 0 or 0,2 or 0-3, got " + list);
    }
  }

  /** Whether processes can be kept on chosen cores here. */
  public static boolean areKept() {
    return Stream.of("/usr/bin", "/bin", "/usr/local/bin", "/sbin", "/usr/sbin")
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")));
  }

  /** A command kept on these cores. */
  List<String> keep(String... command) {
    List<String> words = Stream.of(command).toList();
    return areKept()
        ? Stream.concat(Stream.of("taskset", "-c", list), words.stream()).toList()
        : words;
  }

  /** Keeps this process on these cores, with the threads that it has. */
  public void keepThisProcess() throws IOException, InterruptedException {
    if (!areKept()) {
      return;
    }
    String pid = Long.toString(ProcessHandle.current().pid());
    Process process =
        new ProcessBuilder("taskset", "-a", "-p", "-c", list, pid)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("taskset could not keep the load on the cores " + list);
    }
  }
}
