/**
 * A small HTTP/1.1 server: the only room that sees {@code io.netty}.
 *
 * <p>It owns sockets, framing, deadlines and limits; what a path means is its {@link
 * dev.sluice.receivers.http.HttpHandler}'s. Called by the OTLP/HTTP receiver and by the
 * distribution for health, self-metrics and the API.
 */
@NullMarked
package dev.sluice.receivers.http;

import org.jspecify.annotations.NullMarked;
