package dev.sluice.exporters.http;

import dev.sluice.security.ClientAuthenticator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes what we showed to a backend out of what it says about it: some repeat a refused token, and
 * their words go into our log. Thread-safe.
 */
public final class Redaction {
  /** Shorter values are words of everyday: they are no secrets, and would be found everywhere. */
  private static final int SECRET_CHARS_MIN = 6;

  private static final String REDACTED = "[REDACTED]";

  private final Collection<String> headers;
  private final @Nullable ClientAuthenticator authenticator;

  /**
   * @param headers the values that are configured
   */
  public Redaction(Collection<String> headers, @Nullable ClientAuthenticator authenticator) {
    this.headers = headers;
    this.authenticator = authenticator;
  }

  /** The text without the secrets, which may stand there with or without their scheme. */
  public String of(String text) {
    String redacted = text;
    for (String secret : secrets()) {
      redacted = redacted.replace(secret, REDACTED);
    }
    return redacted;
  }

  private List<String> secrets() {
    List<String> secrets = new ArrayList<>();
    headers.forEach(value -> add(secrets, value));
    if (authenticator != null) {
      add(secrets, authenticator.credentials());
    }
    return secrets;
  }

  private static void add(List<String> secrets, String value) {
    for (String part : new String[] {value, value.substring(value.indexOf(' ') + 1)}) {
      if (part.length() >= SECRET_CHARS_MIN) {
        secrets.add(part);
      }
    }
  }
}
