package dev.sluice.receivers.otlp.grpc;

import dev.sluice.config.ComponentId;
import dev.sluice.config.Endpoint;
import dev.sluice.config.TlsServerConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of OTLP/gRPC. A duration of zero means without limit, as in the Collector.
 *
 * @param path where it stands in the configuration, for messages
 * @param authenticator who decides which requests are taken; null takes all
 * @param requestBytesMax the largest message, compressed and again decompressed
 * @param streamsMax concurrent calls of a connection
 * @param connectionsMax open connections; one more is closed at once
 * @param connectionsPerAddressMax of these, from one address; 0 sets no limit
 * @param bodyDeadline from a call's headers to the end of its message
 * @param keepaliveTime after which a silent client is pinged
 * @param pingIntervalMin clients that ping more often are sent away
 */
public record GrpcSettings(
    String path,
    Endpoint endpoint,
    @Nullable TlsServerConfig tls,
    @Nullable ComponentId authenticator,
    int requestBytesMax,
    int streamsMax,
    int connectionsMax,
    int connectionsPerAddressMax,
    Duration bodyDeadline,
    Duration connectionIdle,
    Duration connectionAge,
    Duration connectionAgeGrace,
    Duration keepaliveTime,
    Duration keepaliveTimeout,
    Duration pingIntervalMin,
    boolean pingsWithoutStream) {}
