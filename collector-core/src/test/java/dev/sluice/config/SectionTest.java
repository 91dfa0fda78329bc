package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SectionTest {
  private final Problems problems = new Problems();

  enum Level {
    BASIC,
    DETAILED
  }

  @Test
  void readsEveryType() {
    Section section =
        Sections.of(
            """
            text: hello
            yes: true
            port: 4317
            big: 5000000000
            float_int: 8.0
            ratio: 0.25
            wait: 1h30m
            level: Detailed
            mode: zstd
            names: [a, b]
            commas: a,b
            labels: {z: last, a: first}
            pairs: [{name: X, value: y}]
            size: 2
            """,
            problems);

    assertEquals("hello", section.string("text"));
    assertEquals("hello", section.requiredString("text"));
    assertEquals(true, section.bool("yes", false));
    assertEquals(4317, section.integer("port", 0, 0, 65535));
    assertEquals(5_000_000_000L, section.longInteger("big", 0, 0, Long.MAX_VALUE));
    assertEquals(8, section.integer("float_int", 0, 0, 10));
    assertEquals(0.25, section.number("ratio", 0, 0, 1));
    assertEquals(4317.0, section.number("port", 0, 0, 1e9));
    assertEquals(Duration.ofMinutes(90), section.duration("wait", Duration.ZERO));
    assertEquals(Level.DETAILED, section.choice("level", Level.BASIC));
    assertEquals("zstd", section.choice("mode", "gzip", "gzip", "zstd"));
    assertEquals(List.of("a", "b"), section.strings("names"));
    assertEquals(List.of("a", "b"), section.strings("commas"));
    assertEquals(List.of("z", "a"), List.copyOf(section.stringMap("labels").keySet()));
    assertEquals(Map.of("X", "y"), section.stringMap("pairs"));
    assertEquals(2L << 20, section.mebibytes("size", 0, 1, 100));
    section.reportUnknownKeys();
    assertEquals("", problems.format());
  }

  @Test
  void whatIsAbsentOrHasNoValueGivesTheFallback() {
    for (String yaml : List.of("", "k:\n", "k: null\n", "k: ~\n")) {
      Section section = Sections.of(yaml, problems);
      assertNull(section.string("k"));
      assertEquals("f", section.string("k", "f"));
      assertEquals(true, section.bool("k", true));
      assertEquals(5, section.integer("k", 5, 0, 1));
      assertEquals(1.5, section.number("k", 1.5, 0, 1));
      assertEquals(Duration.ofSeconds(5), section.duration("k", Duration.ofSeconds(5)));
      assertEquals(Level.BASIC, section.choice("k", Level.BASIC));
      assertEquals("c", section.choice("k", "c", "a", "b"));
      assertEquals(List.of(), section.strings("k"));
      assertEquals(Map.of(), section.stringMap("k"));
      assertEquals(List.of(), section.sections("k"));
      assertEquals(Map.of(), section.sectionMap("k"));
      assertEquals(List.of(), section.section("k").keys());
      assertEquals(77, section.mebibytes("k", 77, 1, 2));
      assertNull(section.any("k"));
    }
    assertEquals("", problems.format());
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatDoesNotFitIsAProblemAtItsPlace(String value, Consumer<Section> read, String message) {
    Section section = Sections.of("a:\n  k: " + value, problems).section("a");
    read.accept(section);

    assertEquals("test.yaml:2:6: a::k" + message, problems.format());
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong(
            "4317",
            s -> s.string("k"),
            ": expected a string, got the number 4317; put it in quotes"),
        wrong(
            "true",
            s -> s.string("k"),
            ": expected a string, got the boolean true; put it in quotes"),
        wrong("[x]", s -> s.string("k"), ": expected a string, got a list"),
        wrong("{x: y}", s -> s.string("k"), ": expected a string, got a map"),
        wrong(
            "5",
            s -> s.requiredString("k"),
            ": expected a string, got the number 5; put it in quotes"),
        wrong("yes", s -> s.bool("k", true), ": expected true or false, got the string \"yes\""),
        wrong(
            "'5'", s -> s.integer("k", 0, 0, 9), ": expected a whole number, got the string \"5\""),
        wrong("1.5", s -> s.integer("k", 0, 0, 9), ": expected a whole number, got the number 1.5"),
        wrong("10", s -> s.integer("k", 0, 1, 9), ": must be from 1 to 9, got 10"),
        wrong(
            "99999999999", s -> s.integer("k", 0, 1, 9), ": must be from 1 to 9, got 99999999999"),
        wrong(
            "18446744073709551615",
            s -> s.longInteger("k", 0, 0, 9),
            ": must be from 0 to 9, got 18446744073709551615"),
        wrong("0", s -> s.mebibytes("k", 5, 1, 9), ": must be from 1 to 9, got 0"),
        wrong("x", s -> s.number("k", 0, 0, 1), ": expected a number, got the string \"x\""),
        wrong("2", s -> s.number("k", 0, 0, 1), ": must be from 0.0 to 1.0, got 2"),
        wrong(".nan", s -> s.number("k", 0, 0, 1), ": must be from 0.0 to 1.0, got NaN"),
        wrong(
            "5 s",
            s -> s.duration("k", Duration.ZERO),
            ": expected a duration such as 200ms, 5s or 1h30m, got the string \"5 s\""),
        wrong(
            "1.5",
            s -> s.duration("k", Duration.ZERO),
            ": expected a duration such as 200ms, 5s or 1h30m, got the number 1.5"),
        wrong("-5s", s -> s.duration("k", Duration.ZERO), ": must be 0s or more, got -5s"),
        wrong(
            "10ms",
            s -> s.duration("k", Duration.ZERO, Duration.ofSeconds(1)),
            ": must be 1s or more, got 10ms"),
        wrong(
            "gzp",
            s -> s.choice("k", "gzip", "gzip", "zstd"),
            ": must be one of gzip, zstd, got \"gzp\"; did you mean \"gzip\"?"),
        wrong(
            "full",
            s -> s.choice("k", Level.BASIC),
            ": must be one of basic, detailed, got \"full\""),
        wrong("{a: b}", s -> s.strings("k"), ": expected a list of strings, got a map"),
        wrong(
            "text",
            s -> s.stringMap("k"),
            ": expected a map of names to strings, got the string \"text\""),
        wrong("text", s -> s.section("k"), ": expected a map, got the string \"text\""),
        wrong("text", s -> s.sections("k"), ": expected a list, got the string \"text\""));
  }

  @Test
  void itemsAndEntriesAreNamedInProblems() {
    Section section = Sections.of("l: [a, 5]\nm: {x: 1}\ns: [{}, 7]\np: [{name: a}]\n", problems);
    section.strings("l");
    section.stringMap("m");
    section.sections("s");
    section.stringMap("p");

    assertEquals(
        """
        test.yaml:1:8: l::1: expected a string, got the number 5; put it in quotes
        test.yaml:2:8: m::x: expected a string, got the number 1; put it in quotes
        test.yaml:3:9: s::1: expected a map, got the number 7
        test.yaml:4:5: p::0: expected a map of name and value, got a map\
        """,
        problems.format());
  }

  @Test
  void aNumberWithoutAUnitIsNanosecondsAndWarnedOf() {
    Section section = Sections.of("a: 5\nb: 0\n", problems);

    assertEquals(Duration.ofNanos(5), section.duration("a", Duration.ZERO));
    assertEquals(Duration.ZERO, section.duration("b", Duration.ofSeconds(1)));
    assertEquals(
        "test.yaml:1:4: warning: a: 5 without a unit is 5 nanoseconds; write 5s for seconds",
        problems.format());
  }

  @Test
  void aRequiredStringThatIsMissingIsReportedWhereTheSectionBegins() {
    Section section = Sections.of("x: 1\nexporter:\n  other: 1\n", problems).section("exporter");
    section.requiredString("endpoint");

    assertEquals("test.yaml:2:1: exporter::endpoint: is required", problems.format());
  }

  @Test
  void aKeyWithoutValueIsPresent() {
    Section protocols = Sections.of("grpc:\nhttp: {endpoint: x}\n", problems);

    assertNotNull(protocols.sectionIfPresent("grpc"));
    assertNotNull(protocols.sectionIfPresent("http"));
    assertNull(protocols.sectionIfPresent("unix"));
  }

  @Test
  void unknownKeysAreReportedWithWhatIsAllowedAndTheNearest() {
    Section root =
        Sections.of(
            """
            outer:
              endpiont: x
              send-batch-size: 1
              sending_queue:
                queue_sise: 5
              never_opened:
                deep: {er: 1}
              list:
                - {nam: a}
            """,
            problems);
    Section outer = root.section("outer");
    outer.string("endpoint");
    outer.string("send_batch_size");
    outer.section("sending_queue").integer("queue_size", 1, 1, 9);
    outer.sections("list").forEach(item -> item.string("name"));
    root.reportUnknownKeys();

    String allowed = "Allowed here: endpoint, list, send_batch_size, sending_queue";
    assertEquals(
        List.of(
            "test.yaml:2:3: outer::endpiont: unknown key; did you mean \"endpoint\"? " + allowed,
            "test.yaml:3:3: outer::send-batch-size: unknown key; did you mean"
                + " \"send_batch_size\"? "
                + allowed,
            "test.yaml:5:5: outer::sending_queue::queue_sise: unknown key;"
                + " did you mean \"queue_size\"? Allowed here: queue_size",
            "test.yaml:6:3: outer::never_opened: unknown key. " + allowed,
            "test.yaml:9:8: outer::list::0::nam: unknown key; did you mean \"name\"?"
                + " Allowed here: name"),
        problems.errors().stream().map(Problem::toString).toList());
  }

  @Test
  void aSectionReadTwiceKnowsTheKeysOfBothReadings() {
    Section root = Sections.of("tls: {a: x, b: y}\n", problems);
    root.section("tls").string("a");
    root.section("tls").string("b");
    root.reportUnknownKeys();

    assertEquals("", problems.format());
  }

  @Test
  void oneAnchorReadUnderTwoPathsIsJudgedByEach() {
    Section root = Sections.of("a: &shared {x: 1}\nb: *shared\n", problems);
    root.section("a").integer("x", 0, 0, 9);
    root.section("b");
    root.reportUnknownKeys();

    assertEquals("test.yaml:1:13: b::x: unknown key. Allowed here: nothing", problems.format());
  }

  @Test
  void aKeyWithoutEffectIsWarnedOfAndARefusedOneIsAnError() {
    Section section = Sections.of("old: 1\nbad: 2\n", problems);
    section.unsupported("old", "nothing needs it");
    section.unsupported("absent", "nothing needs it");
    section.refused("bad", "use good instead");
    section.string("good");
    section.reportUnknownKeys();

    assertEquals(
        """
        test.yaml:1:1: warning: old: accepted, but has no effect: nothing needs it
        test.yaml:2:1: bad: use good instead\
        """,
        problems.format());
  }

  @Test
  void aFreeFormSectionHasNoUnknownKeys() {
    Section root = Sections.of("a: {b: {c: 1}}\n", problems);
    root.section("a").acceptAnyKey();
    root.reportUnknownKeys();

    assertEquals("", problems.format());
  }

  @Test
  void anyValueBecomesPlainJava() {
    Section root = Sections.of("v: {a: [1, x, null], b: {c: true}}\n", problems);

    assertEquals(Map.of("a", Arrays.asList(1L, "x", null), "b", Map.of("c", true)), root.any("v"));
  }

  @Test
  void problemsDoNotShowSecrets() {
    Section section =
        Sections.of(
            "word: 5551\npassword: 5552\nheaders: {x: 5553}\nurl: 's3://u:5554@h'\n", problems);
    section.secret("word");
    section.string("password");
    section.secretMap("headers");
    Endpoint.url(section, "url");

    assertEquals(
        """
        test.yaml:1:7: word: expected a string, got a number; put it in quotes
        test.yaml:2:11: password: expected a string, got a number; put it in quotes
        test.yaml:3:14: headers::x: expected a string, got a number; put it in quotes
        test.yaml:4:1: url: expected a URL with http:// or https://, got "s3://[REDACTED]@h\"\
        """,
        problems.format());
  }

  @Test
  void problemsBeyondTheLimitAreCounted() {
    for (int i = 0; i < Problems.PROBLEMS_MAX + 3; i++) {
      problems.error(new Position("f", i + 1, 1), "", "wrong");
    }
    assertEquals(Problems.PROBLEMS_MAX + 1, problems.format().lines().count());
    assertEquals("… and 3 more", problems.format().lines().toList().getLast());
  }

  private static Arguments wrong(String value, Consumer<Section> read, String message) {
    return Arguments.of(value, read, message);
  }
}
