package dev.sluice.auth;

import dev.sluice.config.ComponentId;
import dev.sluice.config.Problems;
import dev.sluice.config.Section;
import dev.sluice.config.Sections;
import dev.sluice.meters.Meters;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.NamedThreads;
import dev.sluice.security.ClientAuthenticator;
import dev.sluice.security.Reloadable;
import dev.sluice.security.Security;
import dev.sluice.security.ServerAuthenticator;
import dev.sluice.security.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The real authenticators of a YAML map of extensions; files are read again when the test says. A
 * thread that does not end fails the test. Thread-safe once made.
 */
public final class TestSecurity implements Security, AutoCloseable {
  private final List<Reloadable> watched = new ArrayList<>();
  private final NamedThreads threads = new NamedThreads();
  private final Authenticators authenticators;
  public final Meters meters = new Meters();

  private TestSecurity(String yaml, Clock clock) {
    Problems problems = new Problems();
    Section extensions = Sections.of("extensions:\n" + yaml.indent(2), problems);
    Map<ComponentId, AuthenticatorSettings> settings = new HashMap<>();
    extensions
        .sectionMap("extensions")
        .forEach((id, section) -> {
          ComponentId key = ComponentId.of(id);
          settings.put(key, AuthenticatorSettings.read(key.type(), section));
        });
    if (problems.hasErrors()) {
      throw new AssertionError(problems.format());
    }
    authenticators = new Authenticators(settings, watched::add, meters, clock, threads);
  }

  public static TestSecurity of(String yaml, Clock clock) {
    return new TestSecurity(yaml, clock);
  }

  /** Reads everything again that is made so far. */
  public void reload() {
    watched.forEach(Reloadable::reload);
  }

  @Override
  public ServerAuthenticator server(ComponentId id) {
    return authenticators.server(id);
  }

  @Override
  public ClientAuthenticator client(ComponentId id) {
    return authenticators.client(id);
  }

  @Override
  public void watch(Reloadable reloadable) {
    authenticators.watch(reloadable);
  }

  /** What the authenticator of this id says, waited for. */
  public Verdict judge(String id, @Nullable String credentials) {
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    server(ComponentId.of(id)).judge(credentials, verdict::complete);
    return verdict.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    authenticators.close();
    threads.close();
  }
}
