package dev.sluice.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.sluice.config.ComponentId;
import dev.sluice.config.Problems;
import dev.sluice.config.Sections;
import dev.sluice.pipeline.ManualClock;
import dev.sluice.pipeline.NamedThreads;
import dev.sluice.security.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class BasicAuthTest {
  private static final int CHEAP = 4;

  @TempDir Path folder;

  static List<String> hashesOfRight() {
    BCrypt.Version[] versions = {
      BCrypt.Version.VERSION_2A, BCrypt.Version.VERSION_2B, BCrypt.Version.VERSION_2Y
    };
    List<String> hashes = new ArrayList<>();
    for (BCrypt.Version version : versions) {
      hashes.add(BCrypt.with(version).hashToString(CHEAP, "right".toCharArray()));
    }
    // Made by `openssl passwd -apr1`, -5 and -6, and by hand.
    hashes.add("$apr1$abcdefgh$tPMe7lknrFZeX55XJF00t0");
    hashes.add("$5$abcdefgh$C7VyRZs0npbCFai/XpQEnaVXYbZWFch0rqUEsU32AU/");
    hashes.add(
        "$6$abcdefgh$vR/yd6VXABFTBRyOupJyJyD09twBc54Fjx1W8tzKdqxOfohxeZRb508btnHrxVQLY86b/u4pA/7OgxagBH8130");
    hashes.add("{SHA}0nofEXcSAJSXFLGvmfBIpBb11vQ=");
    hashes.add("{SSHA}Q0dAUNYieUEh8DjAxxd1rE959TVzYWx0");
    hashes.add("right");
    return hashes;
  }

  @ParameterizedTest
  @MethodSource("hashesOfRight")
  void takesEachKindOfHash(String hash) {
    try (TestSecurity security = inline("# people\n\nme:" + hash)) {
      assertEquals(Verdict.ALLOWED, security.judge("basicauth", basic("me:right")));
      assertEquals(Verdict.ALLOWED, security.judge("basicauth", basic("me:right")));
      assertEquals(Verdict.DENIED, security.judge("basicauth", basic("me:wrong")));
      assertEquals(Verdict.DENIED, security.judge("basicauth", basic("me:")));
      assertEquals(Verdict.DENIED, security.judge("basicauth", basic("you:right")));
      assertEquals(Verdict.DENIED, security.judge("basicauth", basic("me:" + "right".repeat(40))));
      assertEquals(Verdict.DENIED, security.judge("basicauth", basic("me")));
      assertEquals(Verdict.DENIED, security.judge("basicauth", "Basic !"));
      assertEquals(Verdict.DENIED, security.judge("basicauth", "Bearer right"));
      assertEquals(Verdict.DENIED, security.judge("basicauth", null));
    }
  }

  @Test
  void aChangedFileForgetsWhomTheOldOneLetIn() throws IOException {
    Path file = Files.writeString(folder.resolve("htpasswd"), "me:old\nyou:there\n");
    String yaml = "basicauth: {htpasswd: {file: " + file + ", inline: 'me:mine'}}";
    try (TestSecurity security = TestSecurity.of(yaml, new ManualClock())) {
      assertEquals(Verdict.ALLOWED, security.judge("basicauth", basic("you:there")));
      assertEquals(Verdict.ALLOWED, security.judge("basicauth", basic("me:mine")), "inline wins");
      assertEquals(Verdict.DENIED, security.judge("basicauth", basic("me:old")));
      Files.writeString(file, "you:elsewhere\n");
      security.reload();
      assertEquals(Verdict.DENIED, security.judge("basicauth", basic("you:there")));
      assertEquals(Verdict.ALLOWED, security.judge("basicauth", basic("you:elsewhere")));
      Files.writeString(file, "you:$9$what\n");
      security.reload();
      assertEquals(Verdict.ALLOWED, security.judge("basicauth", basic("you:elsewhere")));
      assertTrue(
          security
              .meters
              .scrape(true)
              .lines()
              .anyMatch(line ->
                  line.startsWith("sluice_auth_reload_failures_total{") && line.endsWith(" 1.0")));
    }
  }

  @Test
  void showsNameAndPasswordToABackend() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "first\n");
    String yaml = "basicauth: {client_auth: {username: me, password_file: " + password + "}}";
    try (TestSecurity security = TestSecurity.of(yaml, new ManualClock())) {
      var client = security.client(ComponentId.of("basicauth"));
      assertEquals(basic("me:first"), client.credentials());
      Files.writeString(password, "second");
      security.reload();
      assertEquals(basic("me:second"), client.credentials());
      assertThrows(
          IllegalArgumentException.class, () -> security.server(ComponentId.of("basicauth")));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | not both",
        "{htpasswd: {inline: 'a:b'}, client_auth: {username: a}} | not both",
        "{htpasswd: {}} | names nobody",
        "{htpasswd: {inline: 'hunter2'}} | line 1 is not name:hash",
        "{htpasswd: {inline: 'a:$2y$05$hunter2'}} | the bcrypt hash is cut off",
        "{htpasswd: {inline: 'a:$2y$31$abcdefghijklmnopqrstuuabcdefghijklmnopqrstuvwxyzABCDE'}} | cost above 16",
        "{htpasswd: {inline: 'a:$9$hunter2'}} | the kind of hash is not known",
        "{htpasswd: {file: /no/such}} | does not exist",
        "{client_auth: {password: hunter2}} | is required, or username_file",
        "{client_auth: {username: 'a:b', password: hunter2}} | must not have a colon",
      })
  void saysWhatIsWrongWithoutShowingIt(String yaml, String said) {
    Problems problems = new Problems();
    AuthenticatorSettings.read("basicauth", Sections.of(yaml, problems));
    assertTrue(problems.format().contains(said), problems.format());
    assertFalse(problems.format().contains("hunter2"), problems.format());
  }

  /** Whoever comes when too many wait is told to come again, and nobody is forgotten. */
  @Test
  void tooManySlowChecksAreRefusedAndNotKept() {
    NamedThreads threads = new NamedThreads();
    Checks checks = new Checks("check", threads);
    CountDownLatch go = new CountDownLatch(1);
    List<Verdict> verdicts = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 100; i++) {
      checks.judge(
          () -> {
            awaitUninterruptibly(go);
            return Verdict.ALLOWED;
          },
          verdicts::add);
    }
    assertTrue(verdicts.size() >= 35 && verdicts.size() <= 36, "busy: " + verdicts.size());
    assertTrue(verdicts.stream().allMatch(Verdict.BUSY::equals));
    checks.close();
    assertTrue(verdicts.size() >= 99, "who waited is answered");
    go.countDown();
    threads.close();
    assertEquals(100, verdicts.size());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException e) {
        // The check is to be over only when the test says so.
      }
    }
  }

  private static TestSecurity inline(String lines) {
    String yaml = "basicauth:\n  htpasswd:\n    inline: |\n" + lines.indent(6);
    return TestSecurity.of(yaml, new ManualClock());
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }
}
