/**
 * OTLP to any OTLP peer: over HTTP here, over gRPC in the package below.
 *
 * <p>A batch is sent as the bytes that arrived, joined; what a peer answers, in either transport,
 * is read here. URLs, status codes and the judging of answers live here; connections do not.
 */
@NullMarked
package dev.sluice.exporters.otlp;

import org.jspecify.annotations.NullMarked;
