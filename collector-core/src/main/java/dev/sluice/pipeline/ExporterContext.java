package dev.sluice.pipeline;

import dev.sluice.meters.Meters;
import dev.sluice.otlp.Signal;
import dev.sluice.security.Security;

/**
 * What an exporter gets from the distribution.
 *
 * @param id the component id, as {@code otlp_http/tempo}
 * @param version Sluice's version, for user agents
 * @param security the authenticators, and who reads certificates again
 */
public record ExporterContext(
    String id,
    Signal signal,
    String version,
    Meters meters,
    Clock clock,
    Threads threads,
    Security security) {

  /** Without authenticators. */
  public ExporterContext(
      String id, Signal signal, String version, Meters meters, Clock clock, Threads threads) {
    this(id, signal, version, meters, clock, threads, Security.NONE);
  }

  /** The same for another way of authenticating. */
  public ExporterContext with(Security other) {
    return new ExporterContext(id, signal, version, meters, clock, threads, other);
  }
}
