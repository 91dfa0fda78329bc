package dev.sluice.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sluice.pipeline.Clock;
import dev.sluice.security.ServerAuthenticator;
import dev.sluice.security.Verdict;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code oidc}: lets in whoever shows a token that an issuer has signed, for our audience and not
 * expired. Thread-safe.
 *
 * <p>A token is checked once and then remembered until it expires. While an issuer's keys are not
 * known the sender is told to come again.
 */
final class OidcServer implements ServerAuthenticator {
  private static final int CREDENTIALS_MAX = 16 << 10;

  private final String header;
  private final List<OidcIssuer> issuers;
  private final Checks checks;
  private final Clock clock;
  private final Verified verified = new Verified();

  OidcServer(String header, List<OidcIssuer> issuers, Checks checks, Clock clock) {
    this.header = header.toLowerCase(Locale.ROOT);
    this.issuers = issuers;
    this.checks = checks;
    this.clock = clock;
  }

  @Override
  public String header() {
    return header;
  }

  @Override
  public String challenge() {
    return "Bearer";
  }

  @Override
  public void judge(@Nullable String credentials, Consumer<Verdict> verdict) {
    int space = credentials == null ? -1 : credentials.indexOf(' ');
    if (credentials == null || space < 0 || credentials.length() > CREDENTIALS_MAX) {
      verdict.accept(Verdict.DENIED);
      return;
    }
    String token = credentials.substring(space + 1);
    if (verified.has(token, nowSeconds())) {
      verdict.accept(Verdict.ALLOWED);
      return;
    }
    judgeToken(token, verdict);
  }

  private void judgeToken(String token, Consumer<Verdict> verdict) {
    SignedJWT jwt;
    OidcIssuer issuer;
    try {
      jwt = SignedJWT.parse(token);
      issuer = issuer(jwt.getJWTClaimsSet());
    } catch (ParseException | RuntimeException _) {
      // What is no token at all; the library tells of some by runtime exceptions.
      verdict.accept(Verdict.DENIED);
      return;
    }
    if (issuer == null) {
      verdict.accept(Verdict.DENIED);
    } else if (issuer.knowsKeyOf(jwt)) {
      verdict.accept(remembered(token, jwt, issuer));
    } else {
      checks.judge(
          () -> issuer.learn(nowSeconds()) ? remembered(token, jwt, issuer) : Verdict.BUSY,
          verdict);
    }
  }

  private Verdict remembered(String token, SignedJWT jwt, OidcIssuer issuer) {
    long until = issuer.validUntil(jwt, nowSeconds());
    if (until == OidcIssuer.INVALID) {
      return Verdict.DENIED;
    }
    verified.add(token, until);
    return Verdict.ALLOWED;
  }

  private @Nullable OidcIssuer issuer(@Nullable JWTClaimsSet claims) {
    for (OidcIssuer issuer : issuers) {
      if (claims != null && issuer.url().equals(claims.getIssuer())) {
        return issuer;
      }
    }
    return null;
  }

  private long nowSeconds() {
    return TimeUnit.NANOSECONDS.toSeconds(clock.epochNanos());
  }
}
