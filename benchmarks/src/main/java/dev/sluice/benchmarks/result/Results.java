package dev.sluice.benchmarks.result;

import java.util.List;
import java.util.Map;

/**
 * All measurements of one run of a scenario, and what a reader must know to judge them.
 *
 * @param date ISO 8601, in UTC
 * @param command what to type to get them again
 * @param settings rounds, items a request, connections and so on
 * @param versions of what was measured, by its name
 */
public record Results(
    String scenario,
    String date,
    String command,
    Map<String, String> settings,
    Map<String, String> versions,
    Machine machine,
    List<Measurement> measurements) {}
