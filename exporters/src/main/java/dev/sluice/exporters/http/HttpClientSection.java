package dev.sluice.exporters.http;

import dev.sluice.config.AuthenticatorReference;
import dev.sluice.config.Section;
import dev.sluice.tls.TlsSections;
import java.time.Duration;

/**
 * Reads the client keys of {@code confighttp} and records what is wrong with them. {@code timeout}
 * is the sender's to read.
 */
final class HttpClientSection {
  private static final int IDLE_CONNECTIONS_MAX = 100_000;
  private static final Duration UNLIMITED = Duration.ofDays(1);

  private HttpClientSection() {}

  static HttpClientSettings read(
      Section section, HttpClientSettings defaults, boolean compressible) {
    Compression compression = defaults.compression();
    int level = defaults.compressionLevel();
    if (compressible) {
      compression = compression(section, compression);
      level = level(section.section("compression_params"), compression);
    }
    ignored(section);
    return new HttpClientSettings(
        Urls.read(section, "endpoint"),
        Headers.read(section),
        compression,
        level,
        TlsSections.client(section),
        proxy(section),
        idleConnections(section, defaults),
        idleTimeout(section, defaults),
        !section.bool("disable_keep_alives", !defaults.keepAlive()),
        section.bool("force_attempt_http2", defaults.http2()),
        AuthenticatorReference.client(section));
  }

  /** A secret, since it may hold a password. */
  private static String proxy(Section section) {
    String url = section.secret("proxy_url");
    if (url == null || url.isEmpty() || Urls.isPlain(url)) {
      return url == null ? "" : url;
    }
    section.problem("proxy_url", "expected a URL with http://; other proxies are not supported");
    return "";
  }

  private static Compression compression(Section section, Compression fallback) {
    String name =
        section.choice(
            "compression",
            fallback.label(),
            "",
            "none",
            "gzip",
            "zstd",
            "snappy",
            "x-snappy-framed",
            "zlib",
            "deflate",
            "lz4");
    if (name.equals("lz4")) {
      section.problem("compression", "lz4 is not supported; zstd is as fast and smaller");
      return fallback;
    }
    return Compression.named(name);
  }

  /** Zero is not set, as in the Collector. */
  private static int level(Section params, Compression compression) {
    int level =
        switch (compression) {
          case GZIP, ZLIB, DEFLATE -> params.integer("level", 0, -2, 9);
          case ZSTD -> params.integer("level", 0, 0, 22);
          case NONE, SNAPPY, SNAPPY_FRAMED -> params.integer("level", 0, -2, 22);
        };
    if (level != 0 && !hasLevels(compression)) {
      params.problem("level", "compression " + compression.label() + " has no levels");
    }
    return level == 0 ? Compressor.DEFAULT_LEVEL : level;
  }

  private static boolean hasLevels(Compression compression) {
    return switch (compression) {
      case GZIP, ZLIB, DEFLATE, ZSTD -> true;
      case NONE, SNAPPY, SNAPPY_FRAMED -> false;
    };
  }

  private static int idleConnections(Section section, HttpClientSettings defaults) {
    int all =
        section.integer("max_idle_conns", defaults.idleConnectionsMax(), 0, IDLE_CONNECTIONS_MAX);
    int perHost = section.integer("max_idle_conns_per_host", 0, 0, IDLE_CONNECTIONS_MAX);
    int limit = all == 0 ? IDLE_CONNECTIONS_MAX : all;
    return perHost == 0 ? limit : Math.min(limit, perHost);
  }

  private static Duration idleTimeout(Section section, HttpClientSettings defaults) {
    Duration timeout = section.duration("idle_conn_timeout", defaults.idleTimeout());
    return timeout.isZero() ? UNLIMITED : timeout;
  }

  private static void ignored(Section section) {
    section.unsupported("read_buffer_size", "buffers are sized by themselves");
    section.unsupported("write_buffer_size", "buffers are sized by themselves");
    section.unsupported(
        "max_conns_per_host", "connections are bounded by sending_queue::num_consumers");
    section.unsupported("http2_read_idle_timeout", "each request is bounded by timeout");
    section.unsupported("http2_ping_timeout", "each request is bounded by timeout");
    section.refused("cookies", "cookies are not supported");
    section.refused("middlewares", "middlewares are not supported");
  }
}
