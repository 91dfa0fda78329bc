package dev.sluice.benchmarks.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The machine that a measurement was taken on. What cannot be read is said to be unknown.
 *
 * @param cores that the system has, whatever part of them a run used
 */
public record Machine(
    String cpu, int cores, long memoryMib, String kernel, String jdk, String javaOptions) {
  private static final String UNKNOWN = "unknown";

  /** This machine. */
  public static Machine here(Map<String, String> environment) {
    return of(read("/proc/cpuinfo"), read("/proc/meminfo"), environment);
  }

  static Machine of(String cpuinfo, String meminfo, Map<String, String> environment) {
    int cores = (int) cpuinfo.lines().filter(line -> line.startsWith("processor")).count();
    String memory = field(meminfo, "MemTotal").replaceAll("\\D", "");
    return new Machine(
        field(cpuinfo, "model name"),
        cores > 0 ? cores : Runtime.getRuntime().availableProcessors(),
        memory.isEmpty() ? 0 : Long.parseLong(memory) / 1024,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        environment.entrySet().stream()
            .filter(
                entry -> entry.getKey().matches("SLUICE_JAVA_OPTS|J(AVA|DK_JAVA)_(TOOL_)?OPTIONS"))
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" ")));
  }

  private static String field(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(UNKNOWN);
  }

  private static String read(String path) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException _) {
      return "";
    }
  }
}
