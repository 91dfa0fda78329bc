package dev.sluice.pages;

import dev.sluice.config.Section;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen: {@code host:port}, {@code [::1]:port}, or {@code :port} for all addresses.
 *
 * @param host without brackets; empty for all addresses
 * @param port 0 for any free one
 */
public record Endpoint(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)]|([^:\\[\\]/]*)):([0-9]{1,5})");
  private static final int PORT_MAX = 65_535;

  /** The endpoint that {@code text} says, or null when it says none. */
  public static @Nullable Endpoint tryParse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > PORT_MAX) {
      return null;
    }
    String bracketed = matcher.group(1);
    String host = bracketed == null ? matcher.group(2) : bracketed;
    return new Endpoint(host, Integer.parseInt(matcher.group(3)));
  }

  /** Reads a key, recording a problem when it is no endpoint. */
  public static Endpoint read(Section section, String key, Endpoint fallback) {
    String text = section.string(key);
    if (text == null) {
      return fallback;
    }
    Endpoint endpoint = tryParse(text);
    if (endpoint == null) {
      section.problem(key, "must be host:port, as localhost:4318, not \"" + text + "\"");
      return fallback;
    }
    return endpoint;
  }

  /** The endpoint as a client on this machine reaches it: all addresses are loopback to it. */
  public Endpoint local() {
    boolean all = host.isEmpty() || host.equals("0.0.0.0") || host.equals("::");
    return all ? new Endpoint("127.0.0.1", port) : this;
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
