package dev.sluice.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.ComponentId;
import dev.sluice.config.Config;
import dev.sluice.config.Problems;
import dev.sluice.config.Sections;
import dev.sluice.pipeline.ManualClock;
import dev.sluice.security.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BearerTokenTest {
  @TempDir Path folder;

  @Test
  void takesEachOfTheTokensAndShowsTheFirst() {
    String yaml = "bearertokenauth: {header: X-Api-Key, scheme: '', tokens: [one, two]}";
    try (TestSecurity security = TestSecurity.of(yaml, new ManualClock())) {
      ComponentId id = ComponentId.of("bearertokenauth");
      assertEquals("x-api-key", security.server(id).header());
      assertEquals("one", security.client(id).credentials());
      assertEquals(Verdict.ALLOWED, security.judge("bearertokenauth", "one"));
      assertEquals(Verdict.ALLOWED, security.judge("bearertokenauth", "two"));
      assertEquals(Verdict.DENIED, security.judge("bearertokenauth", ""));
      assertEquals(Verdict.DENIED, security.judge("bearertokenauth", "on"));
      assertEquals(Verdict.DENIED, security.judge("bearertokenauth", "one two"));
      assertEquals(Verdict.DENIED, security.judge("bearertokenauth", null));
    }
  }

  @Test
  void aMissingFileKeepsTheTokensThatItHad() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "  one \n\n");
    String yaml = "bearertokenauth: {filename: " + file + "}";
    try (TestSecurity security = TestSecurity.of(yaml, new ManualClock())) {
      assertEquals(Verdict.ALLOWED, security.judge("bearertokenauth", "Bearer one"));
      Files.delete(file);
      security.reload();
      security.reload();
      assertEquals(Verdict.ALLOWED, security.judge("bearertokenauth", "Bearer one"));
      assertTrue(security.meters.scrape(true).contains("filename\"} 1.0"));
      Files.writeString(file, "two");
      security.reload();
      assertEquals(Verdict.DENIED, security.judge("bearertokenauth", "Bearer one"));
      assertEquals(Verdict.ALLOWED, security.judge("bearertokenauth", "Bearer two"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | give token, tokens or filename",
        "{token: hunter2, tokens: [hunter3]} | not both",
        "{tokens: ['']} | one of them is empty",
        "{token: 'hunter2é'} | other than printable ASCII",
        "{token: hunter2, filename: /no/such} | does not exist",
        "{token: 4711} | expected a string",
        "{tokens: [4711]} | expected a string",
        "{tokens: {hunter2: 4711}} | expected a list of strings",
      })
  void saysWhatIsWrongWithoutShowingIt(String yaml, String said) {
    Problems problems = new Problems();
    Config config = Sections.config(yaml, problems, Map.of());
    AuthenticatorSettings settings = AuthenticatorSettings.read("bearertokenauth", config.root());
    for (String text : new String[] {problems.format(), settings.toString(), config.redacted()}) {
      assertFalse(text.contains("hunter2\""), text);
      assertFalse(text.contains("4711"), text);
    }
    assertTrue(problems.format().contains(said), problems.format());
  }
}
