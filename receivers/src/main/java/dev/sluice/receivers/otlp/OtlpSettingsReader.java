package dev.sluice.receivers.otlp;

import dev.sluice.config.AuthenticatorReference;
import dev.sluice.config.Endpoint;
import dev.sluice.config.Section;
import dev.sluice.otlp.Signal;
import dev.sluice.receivers.compression.Encoding;
import dev.sluice.receivers.http.Cors;
import dev.sluice.receivers.otlp.grpc.GrpcSettings;
import dev.sluice.receivers.otlp.http.HttpSettings;
import dev.sluice.tls.TlsSections;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the otlp receiver's keys, with the Collector's names and defaults, and with limits where
 * the Collector has none. Stateless.
 */
final class OtlpSettingsReader {
  private static final int GRPC_PORT = 4317;
  private static final int HTTP_PORT = 4318;
  private static final int GRPC_REQUEST_BYTES_MAX = 4 << 20;
  private static final int HTTP_REQUEST_BYTES_MAX = 20 << 20;
  private static final int REQUEST_MIB_MAX = 1024;
  private static final int STREAMS_MAX = 256;
  private static final int CONNECTIONS_MAX = 8192;

  /** Generous, since all clients behind one NAT or balancer have one address. */
  private static final int CONNECTIONS_PER_ADDRESS_MAX = 4096;

  private static final int CONNECTIONS_CEILING = 1_000_000;
  private static final Duration HEADER_DEADLINE = Duration.ofSeconds(20);
  private static final Duration BODY_DEADLINE = Duration.ofSeconds(30);
  private static final Duration RESPONSE_DEADLINE = Duration.ofSeconds(30);

  /** Longer than the minute between two exports of metrics, so that their connection is kept. */
  private static final Duration HTTP_IDLE = Duration.ofMinutes(3);

  private static final Duration GRPC_IDLE = Duration.ofMinutes(15);
  private static final Duration GRPC_AGE = Duration.ofHours(1);
  private static final Duration GRPC_AGE_GRACE = Duration.ofMinutes(1);
  private static final Duration KEEPALIVE_TIME = Duration.ofMinutes(2);
  private static final Duration KEEPALIVE_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration PING_INTERVAL_MIN = Duration.ofMinutes(5);
  private static final String NOT_YET = "is not available yet; remove it";

  private OtlpSettingsReader() {}

  static OtlpSettings read(Section section) {
    Section protocols = section.section("protocols");
    Section grpc = protocols.sectionIfPresent("grpc");
    Section http = protocols.sectionIfPresent("http");
    if (grpc == null && http == null) {
      section.problem(
          "protocols", "must name at least one of grpc and http; `grpc:` alone is enough");
    }
    return new OtlpSettings(grpc == null ? null : grpc(grpc), http == null ? null : http(http));
  }

  private static GrpcSettings grpc(Section section) {
    refuse(section);
    section.unsupported("read_buffer_size", "buffers follow the flow control window");
    section.unsupported("write_buffer_size", "buffers follow the flow control window");
    Section keepalive = section.section("keepalive");
    Section server = keepalive.section("server_parameters");
    Section enforcement = keepalive.section("enforcement_policy");
    int streams = section.integer("max_concurrent_streams", 0, 0, Integer.MAX_VALUE);
    return new GrpcSettings(
        section.path(),
        Endpoint.listening(section, "endpoint", new Endpoint("localhost", GRPC_PORT)),
        TlsSections.server(section),
        AuthenticatorReference.server(section),
        grpcRequestBytes(section),
        streams == 0 ? STREAMS_MAX : streams,
        section.integer("max_connections", CONNECTIONS_MAX, 1, CONNECTIONS_CEILING),
        connectionsPerAddress(section),
        section.duration("read_timeout", BODY_DEADLINE),
        server.duration("max_connection_idle", GRPC_IDLE),
        server.duration("max_connection_age", GRPC_AGE),
        server.duration("max_connection_age_grace", GRPC_AGE_GRACE),
        server.duration("time", KEEPALIVE_TIME),
        server.duration("timeout", KEEPALIVE_TIMEOUT),
        enforcement.duration("min_time", PING_INTERVAL_MIN),
        enforcement.bool("permit_without_stream", false));
  }

  private static int connectionsPerAddress(Section section) {
    return section.integer(
        "max_connections_per_ip", CONNECTIONS_PER_ADDRESS_MAX, 0, CONNECTIONS_CEILING);
  }

  private static int grpcRequestBytes(Section section) {
    long bytes = section.mebibytes("max_recv_msg_size_mib", 0, 0, REQUEST_MIB_MAX);
    return bytes == 0 ? GRPC_REQUEST_BYTES_MAX : (int) bytes;
  }

  private static HttpSettings http(Section section) {
    refuse(section);
    long requestBytes =
        section.longInteger("max_request_body_size", 0, 0, (long) REQUEST_MIB_MAX << 20);
    return new HttpSettings(
        section.path(),
        Endpoint.listening(section, "endpoint", new Endpoint("localhost", HTTP_PORT)),
        TlsSections.server(section),
        AuthenticatorReference.server(section),
        cors(section),
        urlPaths(section),
        requestBytes == 0 ? HTTP_REQUEST_BYTES_MAX : (int) requestBytes,
        section.integer("max_connections", CONNECTIONS_MAX, 1, CONNECTIONS_CEILING),
        connectionsPerAddress(section),
        section.duration("read_header_timeout", HEADER_DEADLINE),
        section.duration("read_timeout", BODY_DEADLINE),
        section.duration("write_timeout", RESPONSE_DEADLINE),
        section.duration("idle_timeout", HTTP_IDLE),
        section.bool("keep_alives_enabled", true),
        encodings(section),
        section.stringMap("response_headers"));
  }

  /** What both protocols have in the Collector and neither has here. */
  private static void refuse(Section section) {
    String transport = section.choice("transport", "tcp", "tcp", "tcp4", "tcp6", "unix");
    if (!transport.equals("tcp")) {
      section.problem("transport", "only tcp is supported, got \"" + transport + "\"");
    }
    section.refused("middlewares", NOT_YET);
    if (section.bool("include_metadata", false)) {
      section.warning(
          "include_metadata", "has no effect: no component here reads the request's metadata");
    }
  }

  private static @Nullable Cors cors(Section section) {
    Section cors = section.section("cors");
    List<String> origins = cors.strings("allowed_origins");
    List<String> headers = cors.strings("allowed_headers");
    List<String> exposed = cors.strings("exposed_headers");
    int maxAge = cors.integer("max_age", 0, 0, Integer.MAX_VALUE);
    if (origins.isEmpty() && !cors.keys().isEmpty()) {
      cors.warning(
          "allowed_origins", "is empty: no page may send, and the other keys have no effect");
    }
    return origins.isEmpty() ? null : new Cors(origins, headers, exposed, maxAge);
  }

  private static Map<Signal, String> urlPaths(Section section) {
    Map<Signal, String> paths = new EnumMap<>(Signal.class);
    for (Signal signal : Signal.values()) {
      String key = signal.label() + "_url_path";
      String path = section.string(key, "/v1/" + signal.label());
      String absolute = path.startsWith("/") ? path : "/" + path;
      if (paths.containsValue(absolute)) {
        section.problem(key, "is the path of another signal too: " + absolute);
      }
      paths.put(signal, absolute);
    }
    section.unsupported("profiles_url_path", "profiles are not supported");
    return paths;
  }

  private static Set<Encoding> encodings(Section section) {
    Set<Encoding> encodings = EnumSet.of(Encoding.IDENTITY);
    List<String> names = section.strings("compression_algorithms");
    if (names.isEmpty()) {
      return EnumSet.allOf(Encoding.class);
    }
    for (String name : names) {
      Encoding encoding = Encoding.named(name);
      if (encoding == null) {
        section.problem(
            "compression_algorithms",
            "must be of gzip, zstd, zlib, snappy, deflate, x-snappy-framed; got \"" + name + "\"");
      } else {
        encodings.add(encoding);
      }
    }
    return encodings;
  }
}
