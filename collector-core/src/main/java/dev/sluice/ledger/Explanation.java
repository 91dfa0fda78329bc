package dev.sluice.ledger;

import java.util.List;
import java.util.Map;

/**
 * The answer to a {@link Question}, and how far it can be relied on. Immutable.
 *
 * @param fate the worst that is known of it
 * @param fates by pipeline and exporter, as {@code traces > otlp_http/tempo}
 * @param events oldest first, the newest when there are too many
 * @param eventsLeftOut how many older ones there are
 * @param samples of each pipeline of the signal
 */
public record Explanation(
    Question question,
    Fate fate,
    Map<String, Fate> fates,
    List<Event> events,
    int eventsLeftOut,
    Completeness losses,
    Completeness refusals,
    List<Coverage> samples) {}
