package dev.sluice.ledger;

/**
 * What the samples of one pipeline are worth.
 *
 * @param sampled requests that are followed
 * @param requests all that came in the same time
 * @param sinceNanos since when, in nanoseconds since the epoch
 */
public record Coverage(String pipeline, int sampled, long requests, long sinceNanos) {}
