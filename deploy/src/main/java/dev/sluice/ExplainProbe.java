package dev.sluice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;

/** Asks a running Sluice what became of something, and prints its answer. One thread. */
final class ExplainProbe {
  private final Host host;

  ExplainProbe(Host host) {
    this.host = host;
  }

  /**
   * Asks; returns the exit code.
   *
   * @param address host and port of the API, with or without a scheme
   */
  int ask(String address, Command.Explain explain) {
    String root = PageClient.url(address);
    String format = explain.json() ? "json" : "text";
    String value = URLEncoder.encode(explain.value(), UTF_8);
    String query = "/api/explain?" + explain.parameter() + "=" + value + "&format=" + format;
    try {
      PageClient.Answer answer = PageClient.get(URI.create(root + query));
      if (answer.status() != HttpURLConnection.HTTP_OK) {
        return failed(root + " answered " + answer.status() + ": " + answer.body().strip());
      }
      host.out().print(answer.body());
      host.out().flush();
      return Main.OK;
    } catch (IllegalArgumentException | IOException e) {
      return failed(
          root + ": " + e.getMessage() + "; --endpoint tells where the API of a running Sluice is");
    }
  }

  private int failed(String reason) {
    host.err().println("no answer: " + reason);
    return Main.FAILED;
  }
}
