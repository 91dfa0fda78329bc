package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SubstitutionTest {
  private static final Map<String, String> VARIABLES =
      Map.ofEntries(
          Map.entry("HOST", "tempo"),
          Map.entry("PORT", "4317"),
          Map.entry("YES", "true"),
          Map.entry("RATIO", "0.5"),
          Map.entry("ID", "0123"),
          Map.entry("EMPTY", ""),
          Map.entry("LIST", "[a, b]"),
          Map.entry("MAP", "{k: v, n: 1}"),
          Map.entry("NESTED", "${env:HOST}"),
          Map.entry("NAME", "HOST"),
          Map.entry("DOLLARS", "a$$b"),
          Map.entry("QUOTED", "\"4317\""),
          Map.entry("BROKEN", "[a, b"),
          Map.entry("DEEP", "{url: '${env:HOST}:${env:PORT}'}"),
          Map.entry("FLOW", "[filelog,${env:HOST}]"),
          Map.entry("ESCAPED_LIST", "['$$A', '$${A}', '$${env:A}']"),
          Map.entry("COMMENT", "true # not ${env:a.b}"),
          Map.entry("WRAPPED", "<${env:WRAPS}>"),
          Map.entry("WRAPS", "<${env:ID}>"),
          Map.entry("OUTER", "{in: '${env:INNER}', text: 'x ${env:INNER}'}"),
          Map.entry("INNER", "{id: '${env:PORT}'}"),
          Map.entry("TAGGED", "!!str 0123"),
          Map.entry("SELF", "${env:SELF}"),
          Map.entry("GROWS", "${env:GROWS}${env:GROWS}x"));

  private final Problems problems = new Problems();
  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("values")
  void givesTheValueOfTheCollector(String written, Object expected) {
    assertEquals(expected, Sections.config("v: " + written, problems, VARIABLES).root().any("v"));
    assertEquals("", problems.format());
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("${env:HOST}", "tempo"),
        Arguments.of("${HOST}", "tempo"),
        Arguments.of("'${HOST}'", "tempo"),
        Arguments.of("${env:PORT}", 4317L),
        Arguments.of("'${env:PORT}'", 4317L),
        Arguments.of("${env:YES}", true),
        Arguments.of("${env:RATIO}", 0.5),
        Arguments.of("${env:LIST}", List.of("a", "b")),
        Arguments.of("${env:MAP}", Map.of("k", "v", "n", 1L)),
        Arguments.of("${env:BROKEN}", "[a, b"),
        Arguments.of("${env:QUOTED}", "\"4317\""),
        Arguments.of("${env:NONE:-fallback}", "fallback"),
        Arguments.of("${NONE:-fallback}", "fallback"),
        Arguments.of("${env:NONE:-5}", 5L),
        Arguments.of("${env:NONE:-}", ""),
        Arguments.of("${env:NONE:-http://x:1}", "http://x:1"),
        Arguments.of("${env:HOST:-fallback}", "tempo"),
        Arguments.of("${env:HOST}:${env:PORT}", "tempo:4317"),
        Arguments.of("http://${HOST}:${PORT}/v1", "http://tempo:4317/v1"),
        Arguments.of("${HOST}${HOST}", "tempotempo"),
        Arguments.of("x${env:NESTED}", "xtempo"),
        Arguments.of("${env:NESTED}", "tempo"),
        Arguments.of("${env:${env:NAME}}", "tempo"),
        Arguments.of("$${env:${NAME}}", "${env:HOST}"),
        Arguments.of("$${env:$${NAME}}", "${env:${NAME}}"),
        Arguments.of("${env:NONE:-$${env:NONE}}", "${env:NONE:-${env:NONE}}"),
        Arguments.of("'env:X}$${HOST}{'", "env:X}${HOST}{"),
        Arguments.of("$${ONE}$${TWO}", "${ONE}${TWO}"),
        Arguments.of("${env:ESCAPED_LIST}", List.of("$A", "${A}", "${env:A}")),
        Arguments.of("${env:FLOW}", "[filelog,tempo]"),
        Arguments.of("${env:COMMENT}", true),
        Arguments.of("${env:TAGGED}", "!!str 0123"),
        Arguments.of("${env:WRAPPED}", "<<0123>>"),
        Arguments.of("${env:OUTER}", Map.of("in", Map.of("id", 4317L), "text", "x {id: '4317'}")),
        Arguments.of("${env:DEEP}", Map.of("url", "tempo:4317")),
        Arguments.of("'${yaml:{a: 1}'", "{a: 1"),
        Arguments.of("${yaml:12}", 12L),
        Arguments.of("$${HOST}", "${HOST}"),
        Arguments.of("$${HOST} ${HOST}", "${HOST} tempo"),
        Arguments.of("$$$${HOST}", "$${HOST}"),
        Arguments.of("$$$${HOST}!", "$${HOST}!"),
        Arguments.of("a$$b", "a$b"),
        Arguments.of("a$b", "a$b"),
        Arguments.of("$HOST", "$HOST"),
        Arguments.of("${env:DOLLARS}", "a$b"),
        Arguments.of("'${HOST'", "${HOST"),
        Arguments.of("'}${HOST}'", "}tempo"),
        Arguments.of("['${HOST}', {k: '${PORT}'}]", List.of("tempo", Map.of("k", 4317L))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "${env:OUTER}|{in: '{id: '4317'}', text: 'x {id: '4317'}'}",
        "${env:ESCAPED_LIST}|['$A', '${A}', '${env:A}']",
        "${env:ID}|0123",
        "${env:PORT}|4317",
        "${env:YES}|true",
        "${env:MAP}|{k: v, n: 1}",
        "${env:LIST}|[a, b]",
        "${env:EMPTY}|``",
        "${env:RATIO}|0.5",
        "id-${env:ID}|id-0123"
      })
  void keepsTheOriginalTextWhereAStringIsExpected(String written, String expected) {
    Section root = Sections.config("v: " + written, problems, VARIABLES).root();

    assertEquals(expected, root.string("v"));
    assertEquals("", problems.format());
  }

  @Test
  void aTextWhoseReferencesFailIsNoString() {
    Section root = Sections.config("v: ${env:COMMENT}", problems, VARIABLES).root();

    assertEquals(true, root.bool("v", false));
    assertEquals("none", root.string("v", "none"));
    assertEquals(
        "test.yaml:1:4: v: expected a string, got the boolean true; put it in quotes",
        problems.format());
  }

  @Test
  void anEmptyVariableIsNoNumber() {
    Section root = Sections.config("v: ${env:EMPTY}", problems, VARIABLES).root();

    assertEquals(7, root.integer("v", 7, 0, 10));
    assertEquals("", problems.format());
  }

  @Test
  void aVariableThatIsNotSetIsEmptyAndWarnedOf() {
    Section root = Sections.config("a:\n  v: ${env:NONE}:4317", problems, VARIABLES).root();

    assertEquals(":4317", root.section("a").string("v"));
    assertEquals(
        "test.yaml:2:6: warning: a::v: environment variable NONE is not set; empty is used"
            + " (a default is written ${env:NONE:-value})",
        problems.format());
    assertFalse(problems.hasErrors());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "${env:A-B}|\"A-B\" is no name of an environment variable: letters, digits and _ only",
        "${file:/none/such}|file \"/none/such\" does not exist",
        "${file:/}|\"/\" is a folder, not a file",
        "${vault:x}|unknown scheme \"vault:\"; known are file:, env: and yaml:",
        "${https://x/y}|configuration from https: is not supported; fetch it to a file first, or use file:, env: or yaml:",
        "${env:SELF}|more than 10000 references; does one lead to itself?",
      })
  void saysWhyAndWhereAReferenceIsRefused(String written, String reason) {
    Sections.config("a:\n  v: " + written, problems, VARIABLES);

    assertEquals("test.yaml:2:6: a::v: " + reason, problems.format());
  }

  @Test
  void aReferenceThatGrowsIsStopped() {
    Sections.config("v: x${env:GROWS}", problems, VARIABLES);

    assertEquals(1, problems.errors().size());
  }

  @Test
  void valuesThatMultiplyAreStopped() {
    Map<String, String> bomb = new HashMap<>();
    bomb.put("V0", "[x, x, x, x, x, x, x, x, x, x]");
    for (int i = 1; i < 9; i++) {
      String earlier = "'${V" + (i - 1) + "}', ";
      bomb.put("V" + i, "[" + earlier.repeat(10) + "x]");
    }
    Sections.config("v: ${V8}", problems, bomb);

    assertEquals(true, problems.hasErrors());
  }

  @Test
  void aFileThatIncludesItselfIsStopped() throws IOException {
    Path file = folder.resolve("self.yaml");
    Files.writeString(file, "again: ${file:" + file + "}\n");
    Sections.config("v: ${file:" + file + "}", problems, VARIABLES);

    assertEquals(1, problems.errors().size());
  }

  @Test
  void valuesFromAFileStandInThatFile() throws IOException {
    Path file = folder.resolve("part.yaml");
    Files.writeString(file, "# first\nendpoint: 5\n");
    Section root = Sections.config("v: ${file:" + file + "}", problems, VARIABLES).root();
    root.section("v").string("endpoint");

    assertEquals(
        file + ":2:11: v::endpoint: expected a string, got the number 5; put it in quotes",
        problems.format());
  }

  @Test
  void aSecretFromAFileEndsBeforeItsLineBreak() throws IOException {
    Path file = folder.resolve("token");
    Files.writeString(file, "s3cr3t\n");
    Section root = Sections.config("v: Bearer ${file:" + file + "}", problems, VARIABLES).root();

    assertEquals("Bearer s3cr3t", root.string("v"));
  }

  @Test
  void keysAreLeftAlone() {
    assertEquals(
        List.of("${HOST}"), Sections.config("'${HOST}': 1", problems, VARIABLES).root().keys());
  }
}
