package dev.sluice.benchmarks.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  private static final Machine MACHINE = new Machine("cpu", 2, 1000, "Linux", "JDK", "");

  @TempDir private Path folder;

  private static Results results(Measurement... measurements) {
    return new Results(
        "capacity",
        "2026-01-01T00:00:00Z",
        "benchmarks/run capacity",
        Map.of("items", "100"),
        Map.of("sluice", "0.1.0"),
        MACHINE,
        List.of(measurements));
  }

  private static Measurement cpu(String target, double value, double low, double high) {
    return new Measurement("sluice", target, "cpu", "us/item", value, low, high, 3);
  }

  @Test
  void areReadAsTheyWereWritten() throws IOException {
    Results written = results(cpu("traces-grpc x100", 1.25, 1.125, 1e-9 + 1.5));
    Path file = ResultFile.write(folder.resolve("new"), written);
    assertEquals(folder.resolve("new/capacity.json"), file);
    assertEquals(written, ResultFile.read(file));
  }

  @Test
  void anythingElseIsRefused() throws IOException {
    for (String text : List.of("", "{}", "[1]", "{\"measurements\": 1}", "{\"measurements\": [")) {
      Path file = Files.writeString(folder.resolve("x.json"), text);
      assertThrows(IOException.class, () -> ResultFile.read(file), text);
    }
  }

  @Test
  void roundsMakeAMedianWithItsRange() {
    Samples samples = new Samples();
    for (double value : new double[] {3, 1, 10}) {
      samples.add("sluice", "a", "cpu", "us/item", value);
    }
    samples.add("sluice", "a", "p99", "ms", 1);
    samples.add("sluice", "a", "p99", "ms", 2);
    assertEquals(
        List.of(cpu("a", 3, 1, 10), new Measurement("sluice", "a", "p99", "ms", 1.5, 1, 2, 2)),
        samples.measurements());
  }

  @Test
  void comparisonSaysWhatIsClear() {
    Results before = results(cpu("a", 2, 1.9, 2.1), cpu("b", 2, 1, 3), cpu("gone", 1, 1, 1));
    Results after = results(cpu("b", 2.5, 2, 4), cpu("a", 1, .9, 1.1), cpu("new", 1, 1, 1));
    Comparison comparison = Comparison.of(before, after);
    assertEquals(2, comparison.changes().size());
    assertFalse(comparison.changes().get(0).isClear());
    assertTrue(comparison.changes().get(1).isClear());
    assertEquals(.5, comparison.changes().get(1).ratio());
    assertEquals(List.of(cpu("gone", 1, 1, 1)), comparison.missing());
    assertEquals(List.of(cpu("new", 1, 1, 1)), comparison.added());
  }

  @Test
  void intervalsThatTouchOverlap() {
    assertTrue(cpu("a", 2, 1, 3).overlaps(cpu("a", 4, 3, 5)));
    assertFalse(cpu("a", 2, 1, 2.9).overlaps(cpu("a", 4, 3, 5)));
  }

  @Test
  void tablesPutCollectorsSideBySide() {
    Measurement other = new Measurement("other", "a", "cpu", "us/item", .5, .5, .5, 1);
    String table = Report.table(results(cpu("a", 2, 1, 3), other));
    assertTrue(table.contains("| a | cpu, us/item | 2.00 (1.00–3.00) | 0.500 | 4.00 |"), table);
  }

  @Test
  void comparisonTableSaysOldNewAndRatio() {
    Comparison comparison = Comparison.of(results(cpu("a", 2, 2, 2)), results(cpu("a", 1, 1, 1)));
    String table = Report.table(comparison);
    assertTrue(
        table.contains("| sluice | a | cpu, us/item | 2.00 | 1.00 | 0.500 | clear |"), table);
  }

  @Test
  void machineIsReadFromTheKernel() {
    Machine machine =
        Machine.of(
            "processor : 0\nmodel name\t: A CPU @ 2 GHz\nprocessor : 1\nmodel name\t: A CPU @ 2 GHz\n",
            "MemTotal:       2048000 kB\n",
            Map.of("SLUICE_JAVA_OPTS", "-Xmx1g", "HOME", "/x"));
    assertEquals("A CPU @ 2 GHz", machine.cpu());
    assertEquals(2, machine.cores());
    assertEquals(2000, machine.memoryMib());
    assertEquals("SLUICE_JAVA_OPTS=-Xmx1g", machine.javaOptions());
  }
}
