package dev.sluice.pipeline;

import dev.sluice.meters.Meters;
import dev.sluice.otlp.Signal;

/**
 * What an exporter gets from the distribution.
 *
 * @param id the component id, as {@code otlp_http/tempo}
 * @param version Sluice's version, for user agents
 */
public record ExporterContext(
    String id, Signal signal, String version, Meters meters, Clock clock, Threads threads) {}
