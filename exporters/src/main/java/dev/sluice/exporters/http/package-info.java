/**
 * HTTP for exporters: the one place that sees OkHttp.
 *
 * <p>An exporter builds a {@link dev.sluice.exporters.http.Body}, compresses it with a {@link
 * dev.sluice.exporters.http.Compressor}, or writes it compressed with a {@link
 * dev.sluice.exporters.http.SnappyWriter}, posts it with an {@link
 * dev.sluice.exporters.http.HttpClient} and judges the {@link
 * dev.sluice.exporters.http.HttpAnswer}. What a status code means to a protocol is the exporter's
 * business; how bytes get there, and what went wrong when they did not, is decided here. Key
 * material for TLS clients, gRPC included, is loaded here too.
 */
@NullMarked
package dev.sluice.exporters.http;

import org.jspecify.annotations.NullMarked;
