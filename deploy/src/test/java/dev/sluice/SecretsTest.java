package dev.sluice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.tls.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * All that the process prints and answers, searched for every secret that it was configured with,
 * and for those that strangers tried.
 */
@Timeout(120)
class SecretsTest {
  private static final String KEY_LINE = Certificates.text("client.key").lines().toList().get(1);

  @TempDir Path folder;
  private final Map<String, String> secrets = new LinkedHashMap<>();

  private String secret(String name) {
    String value = "xyzzy-" + name + "-4711";
    secrets.put(name, value);
    return value;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private String configuration(int backend) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), secret("file") + "\n");
    String password = secret("password");
    secrets.put("basic", base64("me:" + password));
    secrets.put("key", KEY_LINE);
    return """
    receivers:
      otlp:
        protocols:
          grpc: {auth: {authenticator: bearertokenauth/in}}
          http: {auth: {authenticator: bearertokenauth/in}}
    exporters:
      otlp_http/bearer:
        endpoint: http://127.0.0.1:BACKEND/bearer
        auth: {authenticator: bearertokenauth/out}
        headers: {X-Own: HEADER}
        compression: none
        tls:
          cert_pem: |
    CERTIFICATE
          key_pem: |
    KEY
        retry_on_failure: {initial_interval: 10ms, max_interval: 20ms}
      otlp_http/basic:
        endpoint: http://user:USERINFO@127.0.0.1:BACKEND/basic
        auth: {authenticator: basicauth/out}
        retry_on_failure: {initial_interval: 10ms, max_interval: 20ms}
    extensions:
      health_check:
      bearertokenauth/in: {tokens: [INBOUND, SPARE]}
      bearertokenauth/out: {filename: FILE}
      basicauth/out: {client_auth: {username: me, password: PASSWORD}}
      basicauth/in: {htpasswd: {inline: "me:HTPASSWD"}}
    service:
      telemetry: {logs: {level: debug}, metrics: {auth: {authenticator: basicauth/in}}}
      pipelines:
        logs: {receivers: [otlp], exporters: [otlp_http/bearer, otlp_http/basic]}
    """
        .replace("BACKEND", String.valueOf(backend))
        .replace("HEADER", secret("header"))
        .replace("USERINFO", secret("userinfo"))
        .replace("INBOUND", secret("inbound"))
        .replace("SPARE", secret("spare"))
        .replace("HTPASSWD", secret("htpasswd"))
        .replace("PASSWORD", password)
        .replace("FILE", file.toString())
        .replace("CERTIFICATE", Certificates.text("client.pem").indent(8))
        .replace("KEY", Certificates.text("client.key").indent(8));
  }

  /** A backend that refuses everybody, and says what it was shown. */
  private static HttpServer refusing() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.createContext(
        "/",
        exchange -> {
          var headers = exchange.getRequestHeaders();
          exchange.getRequestBody().readAllBytes();
          byte[] words =
              "not you: %s, %s"
                  .formatted(headers.getFirst("Authorization"), headers.getFirst("X-Own"))
                  .getBytes(UTF_8);
          exchange.sendResponseHeaders(401, words.length);
          exchange.getResponseBody().write(words);
          exchange.close();
        });
    server.start();
    return server;
  }

  @Test
  void nothingThatIsPrintedOrAnsweredHoldsASecret() throws Exception {
    HttpServer backend = refusing();
    StringBuilder all = new StringBuilder();
    String extensions =
        "--set=service.extensions=[health_check, bearertokenauth/in, bearertokenauth/out,"
            + " basicauth/out, basicauth/in]";
    Path file = folder.resolve("sluice.yaml");
    Files.writeString(file, configuration(backend.getAddress().getPort()));
    String config = "--config=" + file;
    for (String command : new String[] {"validate", "print-config"}) {
      TestHost host = new TestHost();
      assertEquals(0, host.run(command, config, extensions), host::err);
      all.append(host.out()).append(host.err());
    }
    assertTrue(all.toString().contains("[REDACTED]"), all::toString);
    try (RunningSluice sluice =
        RunningSluice.start(
            config,
            extensions,
            "--data-dir=" + folder.resolve("data"),
            "--shutdown-timeout=100ms")) {
      talk(sluice, all);
      sluice.host.signal("TERM");
      sluice.awaitExit();
      all.append(sluice.host.out()).append(sluice.host.err());
    } finally {
      backend.stop(0);
    }
    String text = all.toString();
    assertTrue(text.contains("401"), text);
    assertTrue(text.contains("not you: "), text);
    secrets.forEach((name, secret) -> assertFalse(text.contains(secret), name + " in:\n" + text));
  }

  private void talk(RunningSluice sluice, StringBuilder all) throws Exception {
    String inbound = secrets.get("inbound");
    all.append(post(sluice, "Bearer " + inbound, 200));
    all.append(post(sluice, "Bearer " + secret("guess"), 401));
    all.append(post(sluice, "Bearer " + inbound + "0", 401));
    all.append(get(sluice, "Basic " + base64("me:" + secrets.get("htpasswd")), 200));
    all.append(get(sluice, "Basic " + base64("me:" + secret("wrong")), 401));
    String status = "";
    while (!status.contains("not you")) {
      status = sluice.get(sluice.health, "/status").body();
    }
    all.append(status);
  }

  private static String post(RunningSluice sluice, String credentials, int expected)
      throws Exception {
    return sent(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sluice.http + "/v1/logs"))
            .header("Content-Type", "application/json")
            .header("Authorization", credentials)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{}]}]}]}"))
            .build(),
        expected);
  }

  private static String get(RunningSluice sluice, String credentials, int expected)
      throws Exception {
    return sent(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sluice.metrics + "/metrics"))
            .header("Authorization", credentials)
            .build(),
        expected);
  }

  private static String sent(HttpRequest request, int expected) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertEquals(expected, answer.statusCode());
      return answer.headers().map() + answer.body();
    }
  }

  @Test
  void aConfigurationThatIsRefusedShowsNoSecret() throws IOException {
    List<String> wrong =
        List.of(
            "bearertokenauth: {token: [SECRET]}",
            "bearertokenauth: {tokenn: SECRET}",
            "bearertokenauth: {token: \"SECRET\\u0001\"}",
            "bearertokenauth: {tokens: {SECRET: SECRET}, token: {a: SECRET}}",
            "basicauth: {htpasswd: {inline: SECRET}}",
            "basicauth: {htpasswd: {inline: 'a:$2y$SECRET'}}",
            "basicauth: {client_auth: {username: [SECRET], password: [SECRET]}}");
    for (String extension : wrong) {
      String yaml =
          "extensions: {%s}\nreceivers: {otlp: {protocols: {grpc: }}}\nexporters: {nop: }\n"
                  .formatted(extension.replace("SECRET", secret("typo")))
              + "service: {pipelines: {logs: {receivers: [otlp], exporters: [nop]}}}\n";
      Path file = Files.writeString(folder.resolve("wrong.yaml"), yaml);
      TestHost host = new TestHost();
      assertEquals(1, host.run("validate", "--config=" + file), extension);
      String text = host.out() + host.err();
      assertFalse(text.contains(secrets.get("typo")), extension + "\n" + text);
    }
  }
}
