package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads the configurations in {@code broken/} and {@code samples/}. What a broken one must report
 * stands at its end, in comments that begin with {@code #!}, without the name of the file.
 */
class BrokenConfigTest {

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenConfigurationIsReportedInFull(Path file) throws IOException {
    Problems problems = read(file);
    String expected =
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("#!"))
            .map(line -> line.substring(2).strip())
            .collect(Collectors.joining("\n"));

    assertEquals(expected, problems.format().replace(file + ":", ""));
    assertTrue(problems.hasErrors());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleIsAcceptedWithoutAWord(Path file) {
    assertEquals("", read(file).format());
  }

  private static Problems read(Path file) {
    Problems problems = new Problems();
    Map<String, String> variables = Map.of("TEMPO", "tempo", "TOKEN", "0123", "PORT", "4317");
    Config config =
        new ConfigLoader(variables::get, problems).load(List.of(file.toString()), List.of());
    FakeDistribution.read(config);
    return problems;
  }

  static Stream<Path> broken() throws IOException, URISyntaxException {
    return files("broken");
  }

  static Stream<Path> samples() throws IOException, URISyntaxException {
    return files("samples");
  }

  private static Stream<Path> files(String folder) throws IOException, URISyntaxException {
    Path path = Path.of(Objects.requireNonNull(BrokenConfigTest.class.getResource(folder)).toURI());
    try (Stream<Path> files = Files.list(path)) {
      return files.sorted().toList().stream();
    }
  }
}
