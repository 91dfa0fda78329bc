package dev.sluice.auth;

import dev.sluice.security.ClientAuthenticator;
import dev.sluice.security.Digest;
import dev.sluice.security.ServerAuthenticator;
import dev.sluice.security.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code bearertokenauth}: lets in whoever shows one of the tokens, and shows the first itself.
 * Thread-safe.
 *
 * <p>The whole header is compared by its digest with that of each token, found or not, so time
 * tells nothing of what was right.
 */
final class BearerTokens implements ServerAuthenticator, ClientAuthenticator {
  private final BearerTokenSettings settings;
  private volatile Current current;

  /** The first token is needed as a text, to be shown; of all, the digests. */
  private record Current(String first, List<Digest> digests) {}

  BearerTokens(BearerTokenSettings settings) {
    this.settings = settings;
    current = current(settings.tokens());
  }

  /** Takes the tokens of a file, one a line. */
  void use(String lines) {
    List<String> tokens = lines.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException("filename: holds no token");
    }
    current = current(tokens);
  }

  private Current current(List<String> tokens) {
    List<String> values = tokens.stream().map(settings::value).toList();
    if (!values.stream().allMatch(BearerTokens::isPrintable)) {
      throw new IllegalArgumentException("a token has characters other than printable ASCII");
    }
    return new Current(
        values.isEmpty() ? "" : values.getFirst(), values.stream().map(Digest::of).toList());
  }

  /** What else there is could not be sent, and libraries show what they cannot send. */
  static boolean isPrintable(String value) {
    return value.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  @Override
  public String header() {
    return settings.header().toLowerCase(Locale.ROOT);
  }

  @Override
  public String credentials() {
    return current.first;
  }

  @Override
  public String challenge() {
    return settings.scheme().isEmpty() ? "Bearer" : settings.scheme();
  }

  @Override
  public void judge(@Nullable String credentials, Consumer<Verdict> verdict) {
    Digest shown = Digest.of(credentials == null ? "" : credentials);
    boolean found = false;
    for (Digest token : current.digests) {
      found |= token.equals(shown);
    }
    verdict.accept(found ? Verdict.ALLOWED : Verdict.DENIED);
  }
}
