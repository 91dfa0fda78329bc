package dev.sluice.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.sluice.config.Problems;
import dev.sluice.config.Sections;
import dev.sluice.pipeline.ManualClock;
import dev.sluice.security.Verdict;
import dev.sluice.tls.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens of a real issuer on loopback: which let in, and which never do. */
@Timeout(120)
class OidcTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static RSAKey rsa;
  private static RSAKey stranger;
  private static ECKey ec;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile JWKSet keys;
  private HttpServer issuer;
  private String url;
  private TestSecurity security;

  @BeforeAll
  static void makeKeys() throws JOSEException {
    rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
    stranger = new RSAKeyGenerator(2048).keyID("rsa").generate();
    ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
  }

  @BeforeEach
  void listen() throws IOException {
    keys = new JWKSet(List.of(rsa, ec));
    start(HttpServer.create(loopback(), 16), "http");
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private void start(HttpServer server, String scheme) {
    issuer = server;
    url = scheme + "://127.0.0.1:" + server.getAddress().getPort();
    server.createContext(
        "/",
        exchange -> {
          boolean discovery = exchange.getRequestURI().getPath().startsWith("/.well-known/");
          asked.incrementAndGet();
          String body =
              discovery
                  ? "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(url, url)
                  : keys.toString();
          exchange.sendResponseHeaders(200, body.length());
          exchange.getResponseBody().write(body.getBytes(UTF_8));
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    if (security != null) {
      security.close();
    }
    issuer.stop(0);
  }

  private void secured(String more) {
    String yaml = "oidc: {issuer_url: '%s', audience: sluice%s}".formatted(url, more);
    security = TestSecurity.of(yaml, clock);
  }

  @Test
  void takesTokensThatTheIssuerSigned() throws JOSEException {
    secured("");
    assertEquals(Verdict.ALLOWED, judge(signed(claims().build())));
    assertEquals(Verdict.ALLOWED, judge(signedEc(claims().build())));
    JWSHeader pss = new JWSHeader.Builder(JWSAlgorithm.PS256).keyID("rsa").build();
    assertEquals(Verdict.ALLOWED, judge(token(pss, new RSASSASigner(rsa), claims().build())));
    assertEquals(2, asked.get(), "the issuer is asked once");
  }

  @Test
  void refusesWhatTheIssuerDidNotSign() throws JOSEException {
    secured("");
    JWTClaimsSet claims = claims().build();
    String good = signed(claims);
    assertEquals(Verdict.DENIED, judge(signed(claims, stranger)));
    assertEquals(Verdict.DENIED, judge(good.substring(0, good.length() - 6) + "AAAAAA"));
    assertEquals(Verdict.DENIED, judge(new PlainJWT(claims).serialize()));
    byte[] open = rsa.toRSAPublicKey().getEncoded();
    JWSHeader shared = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build();
    assertEquals(Verdict.DENIED, judge(token(shared, new MACSigner(open), claims)));
    String forged = signed(claims().subject("admin").build(), stranger);
    String[] parts = good.split("\\.", -1);
    assertEquals(
        Verdict.DENIED, judge(parts[0] + "." + forged.split("\\.", -1)[1] + "." + parts[2]));
  }

  @ParameterizedTest
  @CsvSource({
    "exp, -1, DENIED",
    "exp, 1, ALLOWED",
    "nbf, 200, ALLOWED",
    "nbf, 301, DENIED",
  })
  void looksAtTheTimes(String claim, long seconds, Verdict expected) throws JOSEException {
    secured("");
    Date at = Date.from(NOW.plusSeconds(seconds));
    JWTClaimsSet.Builder claims = claims();
    claims = claim.equals("exp") ? claims.expirationTime(at) : claims.notBeforeTime(at);
    assertEquals(expected, judge(signed(claims.build())));
  }

  @Test
  void aTokenThatWasGoodExpires() throws JOSEException {
    secured("");
    String token = signed(claims().build());
    assertEquals(Verdict.ALLOWED, judge(token));
    clock.advance(Duration.ofMinutes(4));
    assertEquals(Verdict.ALLOWED, judge(token));
    clock.advance(Duration.ofMinutes(1));
    assertEquals(Verdict.DENIED, judge(token));
  }

  @Test
  void looksAtIssuerAudienceAndClaims() throws JOSEException {
    secured(", username_claim: email, groups_claim: groups");
    JWTClaimsSet.Builder full = claims().claim("email", "a@b").claim("groups", List.of("x"));
    assertEquals(Verdict.ALLOWED, judge(signed(full.build())));
    assertEquals(Verdict.DENIED, judge(signed(claims().claim("groups", "x").build())));
    assertEquals(Verdict.DENIED, judge(signed(claims().claim("email", "a@b").build())));
    assertEquals(Verdict.DENIED, judge(signed(full.audience("other").build())));
    assertEquals(Verdict.DENIED, judge(signed(full.audience((String) null).build())));
    assertEquals(
        Verdict.DENIED, judge(signed(full.audience("sluice").issuer("http://other").build())));
    assertEquals(Verdict.DENIED, judge(signed(full.issuer(url).expirationTime(null).build())));
  }

  @ParameterizedTest
  @CsvSource({"''", "Bearer", "Bearer x", "Bearer a.b.c", "Bearer ..", "'Bearer e30.e30.e30'"})
  void refusesWhatIsNoToken(String credentials) {
    secured("");
    assertEquals(Verdict.DENIED, security.judge("oidc", credentials));
    assertEquals(Verdict.DENIED, security.judge("oidc", null));
    assertEquals(0, asked.get(), "nobody is asked for that");
  }

  @Test
  void aNewKeyOfTheIssuerIsLearnt() throws JOSEException {
    secured("");
    assertEquals(Verdict.ALLOWED, judge(signed(claims().build())));
    RSAKey next = new RSAKeyGenerator(2048).keyID("next").generate();
    keys = new JWKSet(List.of(next));
    assertEquals(Verdict.DENIED, judge(signed(claims().build(), next)), "not asked too often");
    clock.advance(Duration.ofSeconds(11));
    assertEquals(Verdict.ALLOWED, judge(signed(claims().build(), next)));
  }

  @Test
  void aWithdrawnKeyIsForgotten() throws JOSEException {
    secured("");
    security.judge("oidc", null);
    security.reload();
    keys = new JWKSet(List.of(ec));
    security.reload();
    assertEquals(Verdict.ALLOWED, judge(signed(claims().subject("1").build())));
    clock.advance(Duration.ofSeconds(601));
    security.reload();
    Date later = Date.from(NOW.plusSeconds(1000));
    assertEquals(
        Verdict.DENIED, judge(signed(claims().subject("2").expirationTime(later).build())));
  }

  @Test
  void whileTheIssuerCannotBeAskedSendersAreToldToComeAgain() throws JOSEException {
    secured("");
    issuer.stop(0);
    String token = signed(claims().build());
    assertEquals(Verdict.BUSY, judge(token));
  }

  @Test
  void keysComeFromAFileWhenOneIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("jwks"), new JWKSet(rsa).toString());
    secured(", public_keys_file: " + file);
    assertEquals(Verdict.ALLOWED, judge(signed(claims().build())));
    assertEquals(Verdict.DENIED, judge(signedEc(claims().build())));
    Files.writeString(file, new JWKSet(ec).toString());
    security.reload();
    assertEquals(Verdict.ALLOWED, judge(signedEc(claims().build())));
    Files.writeString(file, "{}");
    security.reload();
    assertEquals(Verdict.ALLOWED, judge(signedEc(claims().subject("x").build())));
    assertEquals(0, asked.get());
  }

  @Test
  void theIssuersOwnCertificateIsVerified() throws Exception {
    issuer.stop(0);
    HttpsServer server = HttpsServer.create(loopback(), 16);
    server.setHttpsConfigurator(
        new HttpsConfigurator(Certificates.server("server.pem", "server.key")));
    start(server, "https");
    secured("");
    assertEquals(Verdict.BUSY, judge(signed(claims().build())), "not of the system's authorities");
    security.close();
    secured(", issuer_ca_path: " + Certificates.path("authority.pem"));
    assertEquals(Verdict.ALLOWED, judge(signed(claims().build())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | issuer_url: is required",
        "issuer_url: https://a | audience: is required, or ignore_audience",
        "{issuer_url: a, audience: b} | expected a URL",
        "{issuer_url: http://a, audience: b} | is not https",
        "{providers: [{issuer_url: https://a, audience: b}, {issuer_url: https://a, audience: c}]}"
            + " | has the issuer https://a twice",
        "{issuer_url: https://a, audience: b, issuer_ca_path: /no} | does not exist",
      })
  void saysWhatIsWrong(String yaml, String said) {
    Problems problems = new Problems();
    AuthenticatorSettings.read("oidc", Sections.of(yaml, problems));
    assertTrue(problems.format().contains(said), problems.format());
  }

  private Verdict judge(String token) {
    return security.judge("oidc", "Bearer " + token);
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(url)
        .audience("sluice")
        .subject("me")
        .expirationTime(Date.from(NOW.plusSeconds(300)));
  }

  private static String signed(JWTClaimsSet claims) throws JOSEException {
    return signed(claims, rsa);
  }

  private static String signed(JWTClaimsSet claims, RSAKey key) throws JOSEException {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
    return token(header, new RSASSASigner(key), claims);
  }

  private static String signedEc(JWTClaimsSet claims) throws JOSEException {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build();
    return token(header, new ECDSASigner(ec), claims);
  }

  private static String token(JWSHeader header, JWSSigner signer, JWTClaimsSet claims)
      throws JOSEException {
    SignedJWT jwt = new SignedJWT(header, claims);
    jwt.sign(signer);
    return jwt.serialize();
  }
}
