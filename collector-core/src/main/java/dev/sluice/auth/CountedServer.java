package dev.sluice.auth;

import dev.sluice.security.ServerAuthenticator;
import dev.sluice.security.Verdict;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts whom an authenticator does not let in, and tells of the first. Thread-safe. */
final class CountedServer implements ServerAuthenticator {
  private static final Logger LOGGER = LoggerFactory.getLogger(CountedServer.class);

  private final String name;
  private final ServerAuthenticator server;
  private final LongAdder denied = new LongAdder();
  private final AtomicBoolean told = new AtomicBoolean();

  CountedServer(String name, ServerAuthenticator server) {
    this.name = name;
    this.server = server;
  }

  long denied() {
    return denied.sum();
  }

  @Override
  public String header() {
    return server.header();
  }

  @Override
  public String challenge() {
    return server.challenge();
  }

  @Override
  public void judge(@Nullable String credentials, Consumer<Verdict> verdict) {
    server.judge(
        credentials,
        found -> {
          if (found == Verdict.DENIED) {
            count();
          }
          verdict.accept(found);
        });
  }

  private void count() {
    denied.increment();
    if (told.compareAndSet(false, true)) {
      LOGGER.warn(
          "{}: a request without valid credentials was refused; more are counted only, in"
              + " sluice_auth_refused_requests",
          name);
    }
  }
}
