package dev.sluice.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.security.ServerAuthenticator;
import dev.sluice.security.Verdict;
import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code basicauth} with {@code htpasswd}: lets in whoever shows a name and its password (RFC
 * 7617). Thread-safe.
 */
final class BasicServer implements ServerAuthenticator {
  private static final String SCHEME = "Basic ";
  private static final int CREDENTIALS_MAX = 4096;

  private final Checks checks;
  private volatile Known known = new Known(Htpasswd.read(""), new Verified());

  /** New lines forget whom the old ones let in. */
  private record Known(Htpasswd users, Verified verified) {}

  BasicServer(Checks checks) {
    this.checks = checks;
  }

  /** Takes the lines of the file, then those of the configuration, of which the last wins. */
  void use(String lines) {
    Htpasswd users = Htpasswd.read(lines);
    if (users.isEmpty()) {
      throw new IllegalArgumentException("htpasswd: names nobody");
    }
    known = new Known(users, new Verified());
  }

  @Override
  public String header() {
    return "authorization";
  }

  @Override
  public String challenge() {
    return "Basic realm=\"sluice\", charset=\"UTF-8\"";
  }

  @Override
  public void judge(@Nullable String credentials, Consumer<Verdict> verdict) {
    if (credentials == null
        || credentials.length() > CREDENTIALS_MAX
        || !credentials.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      verdict.accept(Verdict.DENIED);
      return;
    }
    Known now = known;
    if (now.verified.has(credentials, 0)) {
      verdict.accept(Verdict.ALLOWED);
    } else if (now.users.slow()) {
      checks.judge(() -> check(now, credentials), verdict);
    } else {
      verdict.accept(check(now, credentials));
    }
  }

  private static Verdict check(Known known, String credentials) {
    String pair = decoded(credentials.substring(SCHEME.length()).strip());
    int colon = pair.indexOf(':');
    if (colon < 0 || !known.users.matches(pair.substring(0, colon), pair.substring(colon + 1))) {
      return Verdict.DENIED;
    }
    known.verified.add(credentials, Long.MAX_VALUE);
    return Verdict.ALLOWED;
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), UTF_8);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }
}
