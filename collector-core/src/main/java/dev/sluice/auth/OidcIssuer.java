package dev.sluice.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.util.DateUtils;
import java.io.IOException;
import java.text.ParseException;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One issuer of tokens: its keys, and what a token of it must say. Thread-safe.
 *
 * <p>Keys are public ones only, and algorithms with public keys only: a token that is signed with
 * the public key as if it were a shared secret, or not at all, is refused.
 */
final class OidcIssuer {
  /** Not a time: the token is not valid. */
  static final long INVALID = -1;

  private static final Logger LOGGER = LoggerFactory.getLogger(OidcIssuer.class);
  private static final long LEARN_SECONDS_MIN = 10;

  /** A key that the issuer has withdrawn is believed for no longer than this. */
  private static final long KEYS_SECONDS_MAX = 600;

  /** As in the Collector's library: clocks of issuers run ahead. */
  private static final long NOT_BEFORE_LEEWAY_SECONDS = 300;

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final OidcSettings.Provider settings;
  private final @Nullable OidcDiscovery discovery;
  private volatile @Nullable JWKSet keys;
  private long learntSecond = Long.MIN_VALUE / 2;
  private boolean failed;

  /**
   * @param discovery asks the issuer for its keys; null when a file has them
   */
  OidcIssuer(OidcSettings.Provider settings, @Nullable OidcDiscovery discovery) {
    this.settings = settings;
    this.discovery = discovery;
  }

  String url() {
    return settings.issuer();
  }

  /** Takes a JWK set. */
  void use(String jwks) {
    try {
      JWKSet read = JWKSet.parse(jwks);
      if (read.getKeys().stream().noneMatch(AsymmetricJWK.class::isInstance)) {
        throw new IllegalArgumentException("the key set holds no public key");
      }
      keys = read.toPublicJWKSet();
    } catch (ParseException e) {
      throw new IllegalArgumentException("not a JWK set: " + e.getMessage(), e);
    }
  }

  /** Whether there is a key that may have signed it, or no way to learn of another. */
  boolean knowsKeyOf(SignedJWT jwt) {
    boolean useless = !ALGORITHMS.contains(jwt.getHeader().getAlgorithm());
    return discovery == null || useless || !matching(jwt).isEmpty();
  }

  /** Learns the keys when none are known, and again when they are old. Blocks on the network. */
  synchronized void refresh(long nowSeconds) {
    if (keys == null || nowSeconds - learntSecond >= KEYS_SECONDS_MAX) {
      var _ = learn(nowSeconds);
    }
  }

  /**
   * Asks the issuer for its keys, once in {@value #LEARN_SECONDS_MIN} s at most. Blocks on the
   * network. False when no keys are known.
   */
  synchronized boolean learn(long nowSeconds) {
    if (discovery != null && nowSeconds - learntSecond >= LEARN_SECONDS_MIN) {
      learntSecond = nowSeconds;
      try {
        use(discovery.keys());
        failed = false;
      } catch (IOException | IllegalArgumentException e) {
        if (!failed) {
          LOGGER.error("oidc: the keys of {} cannot be had: {}", settings.issuer(), e.getMessage());
        }
        failed = true;
      }
    }
    return keys != null;
  }

  /** When a token expires, in seconds since the epoch; {@link #INVALID} when it is not valid. */
  long validUntil(SignedJWT jwt, long nowSeconds) {
    try {
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      Date expiry = claims.getExpirationTime();
      if (expiry == null || !isSigned(jwt) || !isFor(claims, nowSeconds)) {
        return INVALID;
      }
      long until = DateUtils.toSecondsSinceEpoch(expiry);
      return nowSeconds < until ? until : INVALID;
    } catch (ParseException | JOSEException | RuntimeException _) {
      // A token that the library cannot make sense of; some of it by runtime exceptions.
      return INVALID;
    }
  }

  private boolean isFor(JWTClaimsSet claims, long nowSeconds) throws ParseException {
    Date begin = claims.getNotBeforeTime();
    boolean begun =
        begin == null
            || DateUtils.toSecondsSinceEpoch(begin) <= nowSeconds + NOT_BEFORE_LEEWAY_SECONDS;
    boolean ours =
        settings.audience().isEmpty() || claims.getAudience().contains(settings.audience());
    boolean named =
        settings.usernameClaim().isEmpty()
            || claims.getClaim(settings.usernameClaim()) instanceof String;
    boolean grouped =
        settings.groupsClaim().isEmpty() || claims.getClaim(settings.groupsClaim()) != null;
    return begun && ours && named && grouped && settings.issuer().equals(claims.getIssuer());
  }

  private boolean isSigned(SignedJWT jwt) throws JOSEException {
    for (JWK key : matching(jwt)) {
      if (key instanceof AsymmetricJWK open
          && jwt.verify(
              new DefaultJWSVerifierFactory()
                  .createJWSVerifier(jwt.getHeader(), open.toPublicKey()))) {
        return true;
      }
    }
    return false;
  }

  private List<JWK> matching(SignedJWT jwt) {
    JWSHeader header = jwt.getHeader();
    JWKSet known = keys;
    JWKMatcher matcher =
        ALGORITHMS.contains(header.getAlgorithm()) ? JWKMatcher.forJWSHeader(header) : null;
    return known == null || matcher == null ? List.of() : new JWKSelector(matcher).select(known);
  }
}
