package dev.sluice.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host and a port, to listen on or to connect to.
 *
 * @param scheme {@code http}, {@code https}, or empty when none was written
 * @param host a name or an address, an IPv6 address without its brackets; empty for all addresses
 * @param port 0 for any free one, when listening
 */
public record Endpoint(String scheme, String host, int port) {
  private static final List<String> SCHEMES = List.of("http", "https");
  private static final int PORT_MAX = 65_535;

  /** An endpoint without a scheme. */
  public Endpoint(String host, int port) {
    this("", host, port);
  }

  /** Reads where to listen: {@code host:port}, {@code :port} for all addresses, no scheme. */
  public static Endpoint listening(Section section, String key, Endpoint fallback) {
    String text = section.string(key);
    if (text == null) {
      return fallback;
    }
    int scheme = text.indexOf("://");
    if (scheme >= 0) {
      String bare = text.substring(scheme + 3);
      section.problem(
          key,
          "expected host:port without a scheme, got \"%s\"; write \"%s\"".formatted(text, bare));
      return fallback;
    }
    return read(section, key, "", text, fallback, 0);
  }

  /**
   * Reads whom to connect to: {@code host:port}, with {@code http://} or {@code https://} or not.
   */
  public static @Nullable Endpoint connecting(Section section, String key) {
    String text = section.requiredString(key);
    int end = text.indexOf("://");
    String scheme = end < 0 ? "" : text.substring(0, end);
    if (text.isEmpty() || !known(section, key, text, scheme)) {
      return null;
    }
    String rest = end < 0 ? text : text.substring(end + 3);
    String bare = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
    Endpoint none = new Endpoint("", -1);
    Endpoint endpoint = read(section, key, scheme, bare, none, 1);
    if (endpoint.port < 0) {
      return null;
    }
    if (endpoint.host.isEmpty()) {
      section.problem(key, "has no host: \"" + text + "\"");
      return null;
    }
    return endpoint;
  }

  /** Reads a URL of HTTP, {@code http[s]://host[:port][/path]}; null when it is absent or wrong. */
  public static @Nullable URI url(Section section, String key) {
    String text = section.string(key, "");
    if (text.isEmpty()) {
      return null;
    }
    try {
      URI url = new URI(text);
      if (url.getHost() != null && SCHEMES.contains(String.valueOf(url.getScheme()))) {
        return url;
      }
    } catch (URISyntaxException _) {
      // Said below, in words that help.
    }
    String hint = text.contains("://") ? "" : "; write \"http://" + text + "\"";
    section.problem(key, "expected a URL with http:// or https://, got \"" + text + "\"" + hint);
    return null;
  }

  /** The form in which it is written, an IPv6 address in brackets. */
  @Override
  public String toString() {
    String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return (scheme.isEmpty() ? "" : scheme + "://") + bracketed + ":" + port;
  }

  private static boolean known(Section section, String key, String text, String scheme) {
    if (scheme.isEmpty() || SCHEMES.contains(scheme)) {
      return true;
    }
    section.problem(key, "expected host:port, http:// or https://, got \"%s\"".formatted(text));
    return false;
  }

  private static Endpoint read(
      Section section, String key, String scheme, String text, Endpoint fallback, int portMin) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || text.endsWith("]")) {
      section.problem(key, "has no port: \"%s\"; write \"%s:4317\"".formatted(text, text));
      return fallback;
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (!bracketed && host.indexOf(':') >= 0) {
      section.problem(
          key, "an IPv6 address is put in brackets, \"[::1]:4317\"; got \"%s\"".formatted(text));
      return fallback;
    }
    int port = port(text.substring(colon + 1));
    if (port < portMin || port > PORT_MAX) {
      section.problem(
          key,
          "the port must be from %d to %d, got \"%s\""
              .formatted(portMin, PORT_MAX, text.substring(colon + 1)));
      return fallback;
    }
    return new Endpoint(scheme, bracketed ? host.substring(1, host.length() - 1) : host, port);
  }

  private static int port(String text) {
    boolean digits = !text.isEmpty() && text.length() < 10;
    for (int i = 0; i < text.length(); i++) {
      digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return digits ? Integer.parseInt(text) : -1;
  }
}
