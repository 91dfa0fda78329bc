package dev.sluice.receivers.otlp;

import static dev.sluice.receivers.otlp.RawHttp2.HEADERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.auth.TestSecurity;
import dev.sluice.otlp.OtlpSamples;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.ManualClock;
import dev.sluice.receivers.http.RawHttp;
import dev.sluice.receivers.http.RawHttp.Answer;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reliability test 37: whoever shows no token, or one that is short, long or nearly right, is
 * answered 401 or UNAUTHENTICATED before the body is read, over both transports.
 */
@Timeout(60)
class AuthenticationTest {
  private static final String TOKEN = "s3cr3t-0123456789abcdef";
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String BOTH =
      """
      protocols:
        grpc:
          endpoint: localhost:0
          auth: {authenticator: %1$s}
        http:
          endpoint: localhost:0
          auth: {authenticator: %1$s}
          cors: {allowed_origins: ["http://page.example"]}
      """;

  @TempDir Path folder;
  private TestSecurity security;
  private OtlpBench bench;

  private void start(String authenticator, String extension) throws IOException {
    security = TestSecurity.of(extension, new ManualClock());
    bench = OtlpBench.secured(BOTH.formatted(authenticator), security);
  }

  private void startWithToken() throws IOException {
    start("bearertokenauth", "bearertokenauth: {token: " + TOKEN + "}");
  }

  @AfterEach
  void nothingIsLeft() {
    bench.close();
    security.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer s",
        TOKEN,
        "bearer " + TOKEN,
        "Basic " + TOKEN,
        "Bearer " + TOKEN + "0",
        "Bearer s3cr3t-0123456789abcde",
        "Bearer s3cr3t-0123456789abcdeg",
        "Bearer t3cr3t-0123456789abcdef",
        "Bearer  " + TOKEN,
        "Bearer " + TOKEN + TOKEN + TOKEN,
      })
  void wrongCredentialsAreRefusedBeforeTheBodyIsSent(String credentials) throws IOException {
    startWithToken();
    assertRefusedByHttp(credentials);
    assertRefusedByGrpc(credentials);
    assertTrue(bench.intake.offered.isEmpty());
    assertEquals(0, bench.memory.heldBytes());
  }

  @Test
  void noCredentialsAreRefusedBeforeTheBodyIsSent() throws IOException {
    startWithToken();
    assertRefusedByHttp(null);
    assertRefusedByGrpc(null);
    assertTrue(security.meters.scrape(true).contains("sluice_auth_refused_requests_total"));
  }

  @Test
  void theTokenLetsIn() throws IOException {
    startWithToken();
    assertEquals(200, exportByHttp("Bearer " + TOKEN));
    assertEquals(Status.Code.OK, exportByGrpc("Bearer " + TOKEN));
    assertEquals(2, bench.intake.offered.size());
  }

  @Test
  void whatThereIsIsNotToldToStrangers() throws IOException {
    startWithToken();
    try (RawHttp client = new RawHttp(bench.receiver.httpPort())) {
      assertEquals(401, client.send("GET /nothing HTTP/1.1\nHost: x\n\n").answer().status());
      assertEquals(401, client.send("GET /v1/logs HTTP/1.1\nHost: x\n\n").answer().status());
    }
  }

  @Test
  void aBrowsersPreflightNeedsNoCredentials() throws IOException {
    startWithToken();
    try (RawHttp client = new RawHttp(bench.receiver.httpPort())) {
      Answer answer =
          client
              .send(
                  "OPTIONS /v1/logs HTTP/1.1\nHost: x\nOrigin: http://page.example\n"
                      + "Access-Control-Request-Method: POST\n\n")
              .answer();
      assertEquals(204, answer.status());
    }
  }

  @Test
  void healthChecksOfGrpcNeedNoCredentials() throws IOException {
    startWithToken();
    try (RawExport client = new RawExport(bench.receiver.grpcPort())) {
      assertEquals(
          ServingStatus.SERVING,
          HealthGrpc.newBlockingStub(client.channel)
              .check(HealthCheckRequest.getDefaultInstance())
              .getStatus());
    }
  }

  @Test
  void aTokenThatIsReplacedInItsFileIsTakenWithoutARestart() throws IOException {
    Path file = Files.writeString(folder.resolve("tokens"), "old\nspare\n");
    start("bearertokenauth/f", "bearertokenauth/f: {filename: " + file + "}");
    assertEquals(200, exportByHttp("Bearer old"));
    assertEquals(Status.Code.OK, exportByGrpc("Bearer spare"));

    Files.writeString(file, "new\n");
    security.reload();
    assertEquals(200, exportByHttp("Bearer new"));
    assertEquals(401, exportByHttp("Bearer old"));
    assertEquals(Status.Code.UNAUTHENTICATED, exportByGrpc("Bearer spare"));
    assertEquals(401, exportByHttp("Bearer "));

    Files.writeString(file, "\n");
    security.reload();
    assertEquals(200, exportByHttp("Bearer new"), "an empty file lets nobody in and nobody out");
  }

  /** The password is hashed on a thread of its own: the verdict comes after the headers. */
  @Test
  void aSlowVerdictIsWaitedForAndRemembered() throws IOException {
    // htpasswd's own bcrypt of "right".
    String line =
        "me:"
            + at.favre.lib.crypto.bcrypt.BCrypt.withDefaults()
                .hashToString(6, "right".toCharArray());
    start("basicauth", "basicauth: {htpasswd: {inline: '" + line + "'}}");
    assertEquals(401, exportByHttp(basic("me:wrong")));
    assertEquals(Status.Code.UNAUTHENTICATED, exportByGrpc(basic("me:wrong")));
    assertEquals(Status.Code.UNAUTHENTICATED, exportByGrpc(basic("you:right")));
    assertEquals(Status.Code.OK, exportByGrpc(basic("me:right")));
    assertEquals(200, exportByHttp(basic("me:right")));
    assertRefusedByHttp(basic("me:wrong"));
    assertRefusedByGrpc(basic("me:wrong"));
    assertEquals(2, bench.intake.offered.size());
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes());
  }

  /** Says only the head of a request whose body would be large, and has the answer. */
  private void assertRefusedByHttp(@Nullable String credentials) throws IOException {
    String header = credentials == null ? "" : "Authorization: " + credentials + "\n";
    try (RawHttp client = new RawHttp(bench.receiver.httpPort())) {
      client.send(
          "POST /v1/logs HTTP/1.1\nHost: x\nContent-Type: application/json\n"
              + "Content-Encoding: gzip\nContent-Length: 1000000\n"
              + header
              + "\n");
      Answer answer = client.answer();
      assertEquals(401, answer.status());
      assertTrue(!answer.header("www-authenticate").isEmpty());
      assertTrue(answer.text().contains("\"code\":16"), answer.text());
      assertTrue(client.isClosedByServer());
    }
  }

  /** Says only the headers of a call, and has the trailers. */
  private void assertRefusedByGrpc(@Nullable String credentials) throws IOException {
    try (RawHttp2 client = new RawHttp2(bench.receiver.grpcPort())) {
      if (credentials == null) {
        client.call(1);
      } else {
        client.call(1, "authorization", credentials);
      }
      RawHttp2.Frame trailers = client.next(HEADERS);
      assertNotNull(trailers);
      assertEquals(RawHttp2.END_STREAM, trailers.flags() & RawHttp2.END_STREAM);
    }
    assertEquals(Status.Code.UNAUTHENTICATED, exportByGrpc(credentials));
  }

  private int exportByHttp(String credentials) throws IOException {
    try (HttpExport client = new HttpExport(bench)) {
      byte[] logs = OtlpSamples.logs(2).bytes();
      return client
          .send(
              client
                  .request("/v1/logs", HttpExport.PROTOBUF, logs)
                  .header("Authorization", credentials)
                  .build())
          .status();
    }
  }

  private Status.Code exportByGrpc(@Nullable String credentials) {
    Metadata metadata = new Metadata();
    if (credentials != null) {
      metadata.put(AUTHORIZATION, credentials);
    }
    try (RawExport client = new RawExport(bench.receiver.grpcPort())) {
      var channel =
          io.grpc.ClientInterceptors.intercept(
              client.channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
      byte[] logs = OtlpSamples.logs(2).bytes();
      ClientCalls.blockingUnaryCall(
          channel, RawExport.method(Signal.LOGS), RawExport.options(), logs);
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }
}
