package dev.sluice.receivers.otlp.http;

import dev.sluice.config.ComponentId;
import dev.sluice.config.Endpoint;
import dev.sluice.config.TlsServerConfig;
import dev.sluice.otlp.Signal;
import dev.sluice.receivers.compression.Encoding;
import dev.sluice.receivers.http.Cors;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of OTLP/HTTP.
 *
 * @param path where it stands in the configuration, for messages
 * @param authenticator who decides which requests are taken; null takes all
 * @param requestBytesMax the largest body, as sent and again decompressed
 * @param connectionsMax open connections; one more is closed at once
 * @param connectionsPerAddressMax of these, from one address; 0 sets no limit
 * @param headerDeadline from a request's first byte to the end of its headers
 * @param bodyDeadline from there to the end of the body, longer for a long one that keeps coming
 * @param responseDeadline how long a client may take to read an answer
 * @param idle how long a connection may be open without a request
 * @param encodings those that are taken
 * @param responseHeaders added to each answer
 */
public record HttpSettings(
    String path,
    Endpoint endpoint,
    @Nullable TlsServerConfig tls,
    @Nullable ComponentId authenticator,
    @Nullable Cors cors,
    Map<Signal, String> urlPaths,
    int requestBytesMax,
    int connectionsMax,
    int connectionsPerAddressMax,
    Duration headerDeadline,
    Duration bodyDeadline,
    Duration responseDeadline,
    Duration idle,
    boolean keepAlive,
    Set<Encoding> encodings,
    Map<String, String> responseHeaders) {}
