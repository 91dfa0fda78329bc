package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConfigPrinterTest {
  private final Problems problems = new Problems();

  @Test
  void hidesWhatWasReadAsASecretAndWhatIsNamedLikeOne() {
    Config config =
        Sections.config(
            """
            exporters:
              otlp_http:
                endpoint: http://x:1
                magic_word: ${env:WORD}
                headers:
                  x-scope-orgid: tenant-1
                  authorization: Bearer abc
                  empty:
                deep:
                  - {password: p1, user: u1}
                  - api-key: k1
                    Client_Secret: [s1, s2]
                    token_url: http://login
                    count: 5
            """,
            problems,
            Map.of("WORD", "w0rd"));
    config.root().section("exporters").section("otlp_http").secret("magic_word");

    assertEquals(
        """
        exporters:
          otlp_http:
            endpoint: "http://x:1"
            magic_word: "[REDACTED]"
            headers:
              x-scope-orgid: "[REDACTED]"
              authorization: "[REDACTED]"
              empty:
            deep:
              -
                password: "[REDACTED]"
                user: u1
              -
                api-key: "[REDACTED]"
                Client_Secret:
                  - "[REDACTED]"
                  - "[REDACTED]"
                token_url: "http://login"
                count: 5
        """,
        config.redacted());
  }

  @Test
  void unredactedShowsEverythingSubstitutedAndInOrder() {
    Config config =
        Sections.config("z: ${env:P}\na:\n  password: $$${env:P}\n", problems, Map.of("P", "0123"));

    assertEquals("z: 0123\na:\n  password: \"$0123\"\n", config.unredacted());
  }

  @Test
  void aSecretInAListOfHeadersIsHidden() {
    Config config = Sections.config("l: [{name: a, value: v1}]\n", problems, Map.of());
    config.root().secretMap("l");

    assertFalse(config.redacted().contains("v1"));
  }

  @Test
  void userInfoInAUrlIsHidden() {
    Config config = Sections.config("endpoint: https://me:pw@host/x\n", problems, Map.of());

    assertEquals("endpoint: \"https://[REDACTED]@host/x\"\n", config.redacted());
    assertEquals("endpoint: \"https://me:pw@host/x\"\n", config.unredacted());
  }

  @Test
  void whatIsPrintedReadsBackAsTheSameValues() {
    String yaml =
        """
        texts: ["", " x ", "yes", "5", "0x1", "null", "~", "a: b", "# c", "it's", "q\\"uote",
          "back\\\\slash", "tab\\t", "line\\nline\\n", "[x]", "{x}", "- x", "\\u2028", "ä€😀", "*a", "&a",
          "!t", "%d", "@x", "`x", "true", "1.5", "${x", ".", "-", "a/b", "2026-11-23"]
        numbers: [0, -5, 1.5, .inf, -.inf, 18446744073709551615, 1e100]
        others: [true, false, null, [], {}, [[]], [{}], {"a b": 1, "": 2, "1": 3}]
        """;
    Config config = Sections.config(yaml, problems, Map.of());
    Config again = Sections.config(config.unredacted(), problems, Map.of());

    assertEquals("", problems.format());
    for (String key : config.root().keys()) {
      assertEquals(config.root().any(key), again.root().any(key));
    }
  }

  @Test
  void anyStringReadsBackAsItself() {
    Random random = new Random(25);
    for (int i = 0; i < 2000; i++) {
      String text =
          random
              .ints(random.nextInt(12), 0x20, 0x2100)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      Node.Scalar scalar = new Node.Scalar(Position.of("x"), text.replace("$", ""));
      Node.Fields root =
          new Node.Fields(scalar.at(), Map.of("k", new Node.Field(scalar.at(), scalar)));
      String printed = new ConfigPrinter(null).print(root);

      assertEquals(scalar.value(), Sections.of(printed, problems).string("k"), printed);
    }
  }
}
