package dev.sluice.benchmarks.load.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTreeTest {
  private static final String STAT =
      "%d (a (tricky) name) S 1 7 7 0 -1 4194560 1 2 3 4 %d %d 30 40 20 0 9 0 100 5 6 7 8\n";

  @TempDir private Path proc;

  @Test
  void addsTheTimesOfTheTree() throws IOException {
    process(7, 100, 10, "VmHWM:\t 2048 kB\nVmRSS:\t 1024 kB\n", "8 ");
    process(8, 200, 20, "VmHWM:\t 3072 kB\nVmRSS:\t 3072 kB\n", "");
    ProcessTree tree = new ProcessTree(proc, 7);
    assertEquals(List.of(7L, 8L), tree.processes());
    assertEquals((100 + 10 + 70 + 200 + 20 + 70) / 100.0, tree.cpuSeconds());
    assertEquals(4, tree.rssMib());
    assertEquals(5, tree.peakRssMib());
  }

  @Test
  void findsChildrenOfEveryThread() throws IOException {
    process(7, 0, 0, "", "8 9\n");
    Path thread = Files.createDirectories(proc.resolve("7/task/71"));
    Files.writeString(thread.resolve("children"), "10 ");
    assertEquals(
        List.of(7L, 8L, 9L, 10L), new ProcessTree(proc, 7).processes().stream().sorted().toList());
  }

  @Test
  void aProcessThatEndedCountsNothing() {
    ProcessTree tree = new ProcessTree(proc, 7);
    assertEquals(0, tree.cpuSeconds());
    assertEquals(0, tree.rssMib());
  }

  @Test
  void asksForANewPeak() throws IOException {
    process(7, 0, 0, "", "");
    new ProcessTree(proc, 7).resetPeak();
    assertEquals("5", Files.readString(proc.resolve("7/clear_refs")));
  }

  @Test
  void readsThisProcess() {
    ProcessTree tree = new ProcessTree(Path.of("/proc"), ProcessHandle.current().pid());
    assertTrue(tree.cpuSeconds() > 0);
    assertTrue(tree.rssMib() > 10);
    assertTrue(tree.peakRssMib() >= tree.rssMib() / 2);
  }

  private void process(long pid, int user, int system, String status, String children)
      throws IOException {
    Path folder = Files.createDirectories(proc.resolve(Long.toString(pid)));
    Path task = Files.createDirectories(folder.resolve("task/" + pid));
    Files.writeString(folder.resolve("stat"), STAT.formatted(pid, user, system));
    Files.writeString(folder.resolve("status"), "Name:\tx\n" + status);
    Files.writeString(task.resolve("children"), children);
  }
}
