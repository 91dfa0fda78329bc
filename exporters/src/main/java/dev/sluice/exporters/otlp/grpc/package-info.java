/**
 * OTLP over gRPC: with the gRPC receiver, the only place that sees {@code io.grpc}.
 *
 * <p>Channels, metadata, status codes and how they are judged live here; what the messages say is
 * read in the package above.
 */
@NullMarked
package dev.sluice.exporters.otlp.grpc;

import org.jspecify.annotations.NullMarked;
