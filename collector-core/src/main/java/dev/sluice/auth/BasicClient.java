package dev.sluice.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.security.ClientAuthenticator;
import java.io.IOException;
import java.util.Base64;

/** {@code basicauth} with {@code client_auth}: shows a name and its password. Thread-safe. */
final class BasicClient implements ClientAuthenticator {
  private volatile String credentials = "";

  /** {@code name:password}, as they are now. Blocks on files. */
  static String pair(BasicClientSettings settings) throws IOException {
    return settings.username().current().strip() + ":" + settings.password().current().strip();
  }

  /** Takes {@code name:password}. */
  void use(String pair) {
    if (pair.startsWith(":")) {
      throw new IllegalArgumentException("client_auth: the name is empty");
    }
    credentials = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  @Override
  public String header() {
    return "authorization";
  }

  @Override
  public String credentials() {
    return credentials;
  }
}
