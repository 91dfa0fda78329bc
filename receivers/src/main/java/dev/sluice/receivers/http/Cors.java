package dev.sluice.receivers.http;

import java.util.List;

/**
 * Which web pages may send from a browser. Credentials are always allowed, as in the OpenTelemetry
 * Collector.
 *
 * @param allowedOrigins origins, {@code *} for all, or with one {@code *} inside
 * @param allowedHeaders what a preflight may ask for beyond the safe ones; {@code *} for all
 * @param exposedHeaders answer headers that a page may read
 * @param maxAgeSeconds how long a browser may keep the preflight's answer; 0 leaves it to the
 *     browser
 */
public record Cors(
    List<String> allowedOrigins,
    List<String> allowedHeaders,
    List<String> exposedHeaders,
    int maxAgeSeconds) {}
