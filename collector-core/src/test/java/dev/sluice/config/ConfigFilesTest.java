package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads the configurations in {@code broken/} and {@code samples/}. What a broken one must report
 * stands at its end, in comments that begin with {@code #!}, without the name of the file.
 */
class ConfigFilesTest {

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

  @ParameterizedTest
  @MethodSource({"samples", "broken"})
  void whateverIsWrittenIsReadOrReportedButNeverThrows(Path file) throws IOException {
    String text = Files.readString(file);
    Random random = new Random(text.hashCode());
    for (int i = 0; i < 500; i++) {
      String mutated = mutated(text, random);
      Problems problems = new Problems();
      Config config = new ConfigLoader(name -> null, problems).loadText("f", mutated);
      assertDoesNotThrow(() -> FakeDistribution.read(config), mutated);
      assertDoesNotThrow(config::redacted, mutated);
    }
  }

  private static String mutated(String text, Random random) {
    StringBuilder mutated = new StringBuilder(text);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(mutated.length());
      int length = Math.min(random.nextInt(6), mutated.length() - at);
      String pieces = "\n\t :-[]{}&*!|>'\"%@`$?,#0x\u0000\ud800~<";
      int piece = random.nextInt(pieces.length());
      mutated.replace(at, at + length, pieces.substring(piece, piece + 1));
    }
    return mutated.toString();
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
    Path path = Path.of(Objects.requireNonNull(ConfigFilesTest.class.getResource(folder)).toURI());
    try (Stream<Path> files = Files.list(path)) {
      return files.sorted().toList().stream();
    }
  }
}
