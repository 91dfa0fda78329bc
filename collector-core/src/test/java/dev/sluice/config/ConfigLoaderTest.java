package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigLoaderTest {
  private final Problems problems = new Problems();
  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("merges")
  void mergesAsTheCollectorDoes(List<String> sources, List<String> assignments, String expected) {
    List<String> locations = sources.stream().map(source -> "yaml:" + source).toList();

    assertEquals(expected, load(locations, assignments, Map.of()).unredacted());
    assertEquals("", problems.format());
  }

  static Stream<Arguments> merges() {
    return Stream.of(
        Arguments.of(List.of("a: 1", "b: 2"), List.of(), "a: 1\nb: 2\n"),
        Arguments.of(List.of("a: 1", "a: 2"), List.of(), "a: 2\n"),
        Arguments.of(List.of("a: {x: 1}", "a: {y: 2}"), List.of(), "a:\n  x: 1\n  y: 2\n"),
        Arguments.of(
            List.of("a: {x: {p: 1}}", "a: {x: {p: 2, q: 3}}"),
            List.of(),
            "a:\n  x:\n    p: 2\n    q: 3\n"),
        Arguments.of(List.of("a: [1, 2]", "a: [3]"), List.of(), "a:\n  - 3\n"),
        Arguments.of(List.of("a: {x: 1}", "a: 5"), List.of(), "a: 5\n"),
        Arguments.of(List.of("a: 5", "a: {x: 1}"), List.of(), "a:\n  x: 1\n"),
        Arguments.of(List.of("a: {x: 1}", "a:"), List.of(), "a:\n"),
        Arguments.of(List.of("a: 1", ""), List.of(), "a: 1\n"),
        Arguments.of(
            List.of("a::b::c: 1", "a::b: {d: 2}"), List.of(), "a:\n  b:\n    c: 1\n    d: 2\n"),
        Arguments.of(List.of("a: 1"), List.of("a=2"), "a: 2\n"),
        Arguments.of(List.of("a: {b: 1}"), List.of("a.c=2s"), "a:\n  b: 1\n  c: 2s\n"),
        Arguments.of(
            List.of("a: {b: 1}"), List.of("a::c=[x, y]"), "a:\n  b: 1\n  c:\n    - x\n    - y\n"),
        Arguments.of(List.of("a: 1"), List.of("b/n.c = k=v"), "a: 1\nb/n:\n  c: \"k=v\"\n"),
        Arguments.of(List.of("a: {b: 1}"), List.of("a={c: true}"), "a:\n  b: 1\n  c: true\n"),
        Arguments.of(List.of("a: 1"), List.of("a="), "a:\n"));
  }

  @Test
  void readsFilesAndVariables() throws IOException {
    Path plain = Files.writeString(folder.resolve("plain.yaml"), "a: 1\nb: 1\n");
    Path named = Files.writeString(folder.resolve("named.yaml"), "b: 2\nc: 2\n");
    Map<String, String> variables = Map.of("MORE", "c: 3\nd: ${FOUR}\n", "FOUR", "4");
    Config config =
        load(List.of(plain.toString(), "file:" + named, "env:MORE"), List.of(), variables);

    assertEquals("a: 1\nb: 2\nc: 3\nd: 4\n", config.unredacted());
    assertEquals("", problems.format());
  }

  @Test
  void everySourceThatCannotBeReadIsReported() throws IOException {
    Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9});
    Path list = Files.writeString(folder.resolve("list.yaml"), "- a\n");
    Path broken = Files.writeString(folder.resolve("broken.yaml"), "a: b: c\n");
    load(
        List.of(
            "none.yaml",
            "https://x/y.yaml",
            "s3:x",
            "env:NONE",
            latin.toString(),
            list.toString(),
            broken.toString()),
        List.of("novalue"),
        Map.of());

    assertEquals(
        List.of(
            "none.yaml: file \"none.yaml\" does not exist",
            "https://x/y.yaml: configuration from https: is not supported; fetch it to a file first,"
                + " or use file:, env: or yaml:",
            "s3:x: unknown scheme \"s3:\"; known are file:, env: and yaml:",
            "env:NONE: environment variable NONE is not set",
            latin + ": file \"" + latin + "\" is not text in UTF-8",
            list + ":1:1: a configuration is a map, not a list",
            broken
                + ":1:5: a key cannot begin here; check the indentation,"
                + " or quote a value that contains \": \"",
            "--set novalue: has no '='; the form is --set=a.b.c=value"),
        problems.errors().stream().map(Problem::toString).toList());
  }

  @Test
  void anAssignmentIsNamedInProblemsOfItsValue() {
    load(List.of("yaml:a: {b: 1}"), List.of("a.b=text"), Map.of())
        .root()
        .section("a")
        .integer("b", 0, 0, 9);

    assertEquals(
        "--set a.b: a::b: expected a whole number, got the string \"text\"", problems.format());
  }

  private Config load(List<String> locations, List<String> sets, Map<String, String> variables) {
    return new ConfigLoader(variables::get, problems).load(locations, sets);
  }
}
