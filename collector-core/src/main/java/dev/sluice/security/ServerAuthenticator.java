package dev.sluice.security;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may come in, from one header of a request, before its body is read. Thread-safe;
 * called on event loops, so it never blocks.
 */
public interface ServerAuthenticator {
  /** The header that carries the credentials, in lower case. */
  String header();

  /** The value of {@code WWW-Authenticate} in a 401. */
  String challenge();

  /**
   * Judges the value of the header, null when there is none. {@code verdict} is called exactly
   * once, on this thread or later on another.
   */
  void judge(@Nullable String credentials, Consumer<Verdict> verdict);
}
