package dev.sluice;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Asks a running Sluice how it is, for containers without a shell. One thread; blocks for seconds
 * at most.
 */
final class HealthProbe {
  private static final String NO_ENDPOINT =
      "the configuration has no health_check extension among service::extensions; add it, or give"
          + " --endpoint";

  private final Host host;

  HealthProbe(Host host) {
    this.host = host;
  }

  /**
   * Asks; returns the exit code.
   *
   * @param address host, port and path, with or without a scheme; empty when it is not known
   * @param ready whether to ask for readiness
   */
  int ask(String address, boolean ready) {
    if (address.isEmpty()) {
      return failed(NO_ENDPOINT);
    }
    String url = PageClient.url(address);
    try {
      return ask(ready ? URI.create(url).resolve("/ready") : URI.create(url), ready);
    } catch (IllegalArgumentException | IOException e) {
      return failed(url + ": " + e.getMessage());
    }
  }

  private int ask(URI uri, boolean ready) throws IOException {
    PageClient.Answer answer = PageClient.get(uri);
    if (answer.status() == HttpURLConnection.HTTP_UNAUTHORIZED && !ready) {
      // Somebody is there to refuse us: that is life, and a probe has no credentials.
      host.out().println("alive; the page wants credentials");
      return Main.OK;
    }
    if (answer.status() != HttpURLConnection.HTTP_OK) {
      return failed(uri + ": answered " + answer.status());
    }
    host.out().print(answer.body());
    return Main.OK;
  }

  private int failed(String reason) {
    host.err().println("unhealthy: " + reason);
    return Main.FAILED;
  }
}
