/**
 * OTLP over HTTP: paths, content types and status codes, on the server of {@code receivers.http}.
 */
@NullMarked
package dev.sluice.receivers.otlp.http;

import org.jspecify.annotations.NullMarked;
