package dev.sluice.exporters.otlp.grpc;

import dev.sluice.config.AuthenticatorReference;
import dev.sluice.config.ComponentId;
import dev.sluice.config.Section;
import dev.sluice.config.TlsClientConfig;
import dev.sluice.exporters.http.Compression;
import dev.sluice.exporters.http.Headers;
import dev.sluice.tls.TlsSections;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the client keys of {@code configgrpc} and records what is wrong with them. */
final class OtlpGrpcSection {
  private static final int PORT_MAX = 65_535;
  private static final Duration KEEPALIVE = Duration.ofSeconds(10);
  private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_.-]+");

  private OtlpGrpcSection() {}

  static OtlpGrpcSettings read(Section section) {
    String endpoint = section.requiredString("endpoint");
    TlsClientConfig tls = TlsSections.client(section);
    ignored(section);
    return new OtlpGrpcSettings(
        target(section, endpoint),
        plaintext(section, endpoint, tls),
        tls,
        compression(section),
        headers(section),
        section.bool("wait_for_ready", false),
        section.choice("balancer_name", "round_robin", "round_robin", "pick_first"),
        section.string("authority", ""),
        section.string("user_agent", ""),
        keepalive(section.sectionIfPresent("keepalive")),
        authenticator(section, plaintext(section, endpoint, tls)));
  }

  /** The target without its scheme: gRPC's resolvers other than DNS are not there. */
  private static String target(Section section, String endpoint) {
    int end = endpoint.indexOf("://");
    String scheme = end < 0 ? "" : endpoint.substring(0, end);
    String rest = end < 0 ? endpoint : endpoint.substring(end + 3);
    String target =
        switch (scheme) {
          case "", "http", "https" -> rest;
          case "dns", "passthrough" -> rest.substring(rest.indexOf('/') + 1);
          default -> {
            section.problem(
                "endpoint",
                "the scheme "
                    + scheme
                    + ":// is not supported; write host:port or dns:///host:port");
            yield "";
          }
        };
    String bare = target.endsWith("/") ? target.substring(0, target.length() - 1) : target;
    if (!bare.isEmpty() && !hasPort(bare)) {
      section.problem("endpoint", "needs a host and a port, as host:4317; got \"" + endpoint + '"');
    }
    return bare;
  }

  private static boolean hasPort(String target) {
    int colon = target.lastIndexOf(':');
    String host = target.substring(0, Math.max(0, colon));
    String port = target.substring(colon + 1);
    boolean ipv6 = host.startsWith("[") && host.endsWith("]");
    if (host.isEmpty() || host.contains("/") || (host.contains(":") && !ipv6)) {
      return false;
    }
    return !port.isEmpty()
        && port.length() <= 5
        && port.chars().allMatch(c -> c >= '0' && c <= '9')
        && Integer.parseInt(port) <= PORT_MAX
        && Integer.parseInt(port) > 0;
  }

  /** As in the Collector: https:// and an authority to trust both win over {@code insecure}. */
  private static boolean plaintext(Section section, String endpoint, TlsClientConfig tls) {
    String scheme = endpoint.toLowerCase(Locale.ROOT);
    boolean plaintext =
        tls.insecure() && tls.material().ca() == null && !scheme.startsWith("https://");
    if (!plaintext && scheme.startsWith("http://")) {
      section.warning(
          "endpoint", "http:// does not switch TLS off, as in the Collector; set tls::insecure");
    }
    return plaintext;
  }

  private static Compression compression(Section section) {
    String name = section.choice("compression", "gzip", "", "none", "gzip", "zstd", "snappy");
    return name.equals("snappy") ? Compression.SNAPPY_FRAMED : Compression.named(name);
  }

  private static Map<String, String> headers(Section section) {
    Map<String, String> headers = Headers.read(section);
    for (String name : headers.keySet()) {
      if (!NAME.matcher(name).matches()) {
        section.problem("headers", "\"" + name + "\" cannot be the name of gRPC metadata");
      }
      if (name.toLowerCase(Locale.ROOT).endsWith("-bin")) {
        section.problem("headers", "binary metadata such as \"" + name + "\" is not supported");
      }
    }
    return headers;
  }

  private static OtlpGrpcSettings.@Nullable Keepalive keepalive(@Nullable Section section) {
    if (section == null) {
      return null;
    }
    Duration time = section.duration("time", KEEPALIVE, Duration.ofMillis(1));
    if (time.compareTo(KEEPALIVE) < 0) {
      section.warning("time", "gRPC asks at most every 10s, which is used");
    }
    return new OtlpGrpcSettings.Keepalive(
        time.compareTo(KEEPALIVE) < 0 ? KEEPALIVE : time,
        section.duration("timeout", KEEPALIVE),
        section.bool("permit_without_stream", false));
  }

  private static @Nullable ComponentId authenticator(Section section, boolean plaintext) {
    ComponentId id = AuthenticatorReference.client(section);
    if (id != null && plaintext) {
      section.warning("auth", "the credentials are sent in the clear, since tls::insecure is true");
    }
    return id;
  }

  private static void ignored(Section section) {
    section.unsupported("read_buffer_size", "buffers are sized by themselves");
    section.unsupported("write_buffer_size", "buffers are sized by themselves");
    section.refused("middlewares", "middlewares are not supported");
  }
}
