package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Node.Fields;
import dev.sluice.config.Node.Items;
import dev.sluice.config.YamlReader.InvalidYaml;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {
  private final Problems problems = new Problems();

  @Test
  void knowsWhereEveryKeyAndValueStands() throws InvalidYaml {
    Fields root = read("a:\n  - x\n  -   y: 1\nb: {c: d}\n");

    Items list = (Items) root.fields().get("a").value();
    assertEquals(new Position("f.yaml", 1, 1), root.fields().get("a").keyAt());
    assertEquals(new Position("f.yaml", 2, 5), list.items().get(0).at());
    assertEquals(new Position("f.yaml", 3, 7), list.items().get(1).at());
    Fields flow = (Fields) root.fields().get("b").value();
    assertEquals(new Position("f.yaml", 4, 5), flow.fields().get("c").keyAt());
    assertEquals(new Position("f.yaml", 4, 8), flow.fields().get("c").value().at());
  }

  @Test
  void quotedAndTaggedScalarsAreWhatTheySay() throws InvalidYaml {
    assertEquals(
        Map.of("a", "1", "b", "true", "c", "5", "d", 7L, "e", "x"),
        plain("a: '1'\nb: \"true\"\nc: !!str 5\nd: !!int '7'\ne: !custom x\n"));
  }

  @Test
  void aliasesAndMergeKeysWork() throws InvalidYaml {
    assertEquals(
        Map.of(
            "base", Map.of("x", 1L, "y", 2L),
            "other", Map.of("z", 3L),
            "same", Map.of("x", 1L, "y", 2L),
            "one", Map.of("x", 1L, "y", 5L),
            "two", Map.of("x", 1L, "y", 2L, "z", 3L)),
        plain(
            """
            base: &base {x: 1, y: 2}
            other: &other {z: 3}
            same: *base
            one:
              y: 5
              <<: *base
            two:
              <<: [*base, *other]
            """));
  }

  @Test
  void aKeyDefinedTwiceNamesBothLines() throws InvalidYaml {
    read("a:\n  b: 1\n  c: 2\n  b: 3\n");

    assertEquals(
        "f.yaml:4:3: a::b: defined twice in the same map, first at line 2", problems.format());
  }

  @Test
  void everyKeyDefinedTwiceIsReported() throws InvalidYaml {
    read("a: 1\na: 2\nb: 1\nb: 2\n");

    assertEquals(2, problems.errors().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`a: b: c`|1:5|a key cannot begin here; check the indentation, or quote a value that contains \": \"",
        "`a:\\n\\tb: 1`|2:1|a tab is not allowed here; indent with spaces",
        "`a: [1, 2`|1:9|expected a ',' or the closing bracket of the list or map that is open",
        "`a: \"open`|1:9|a quote or bracket is never closed",
        "`a: 1\\n b: 2`|2:3|a key cannot begin here; check the indentation, or quote a value that contains \": \"",
        "`a:\\n  b: 1\\n c: 2`|3:2|the indentation does not fit the lines above",
        "`a: @x`|1:4|the character '@' cannot begin a value; put the value in quotes",
        "`a: *none`|1:4|alias *none has no anchor &none before it",
        "`a: 1\\n---\\nb: 2`|2:1|a second document begins here; a source holds one",
        "`<<: 5`|1:5|<< takes a map or a list of maps",
        "`[a]: 5`|1:1|a key must be text, not a list",
        "`~: 5`|1:1|a key must be text, not nothing",
        "`a: [${env:X}]`|1:6|expected a ',' or the closing bracket of the list or map that is open; a ${…} in [ ] or { } must be in quotes",
      })
  void saysWhatIsWrongInPlainWordsAndWhere(String yaml, String at, String reason) {
    InvalidYaml e = assertThrows(InvalidYaml.class, () -> read(yaml.translateEscapes()));

    assertEquals("f.yaml:" + at + ": " + reason, e.at() + ": " + e.reason());
  }

  @Test
  void anAliasBombIsRefusedBeforeItGrows() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      String earlier = ("*a" + (i - 1) + ", ").repeat(10);
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, earlier.substring(0, earlier.length() - 2)));
    }
    InvalidYaml e = assertThrows(InvalidYaml.class, () -> read(bomb.toString()));

    assertEquals("more than the limit of 200000 values", e.reason());
  }

  @Test
  void mergeKeysCountTowardsTheLimit() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append(
          "a%d: &a%d\n  m: {<<: {p: *a%d, q: *a%d}, r: *a%d, s: *a%d}\n"
              .formatted(i, i, i - 1, i - 1, i - 1, i - 1));
    }
    assertThrows(InvalidYaml.class, () -> read(bomb.toString()));
  }

  @Test
  void anAliasOfItselfIsRefused() {
    assertThrows(InvalidYaml.class, () -> read("a: &a [*a]\n"));
  }

  @Test
  void nestingHasALimit() {
    InvalidYaml e = assertThrows(InvalidYaml.class, () -> read("a: " + "[".repeat(5000)));

    assertEquals("nested deeper than the limit of 64", e.reason());
  }

  @Test
  void lengthHasALimit() {
    String text = "a: " + "x".repeat(YamlReader.TEXT_MAX);
    InvalidYaml e = assertThrows(InvalidYaml.class, () -> read(text));

    assertEquals("longer than the limit of 4194304 characters", e.reason());
  }

  @Test
  void aByteOrderMarkAndWindowsLinesAreNoMatter() throws InvalidYaml {
    assertEquals(Map.of("a", 1L, "b", 2L), plain("\uFEFFa: 1\r\nb: 2\r\n"));
  }

  @Test
  void anEmptyTextIsNothing() throws InvalidYaml {
    for (String empty : List.of("", "\n", "# only a comment\n", "---\n")) {
      Node node = YamlReader.read("f.yaml", empty, problems);
      assertTrue(node instanceof Node.Scalar scalar && scalar.value() == null, empty);
    }
  }

  private Object plain(String yaml) throws InvalidYaml {
    return Values.plain(read(yaml));
  }

  private Fields read(String yaml) throws InvalidYaml {
    return (Fields) YamlReader.read("f.yaml", yaml, problems);
  }
}
