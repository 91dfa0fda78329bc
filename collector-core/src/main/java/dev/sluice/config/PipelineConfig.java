package dev.sluice.config;

import dev.sluice.otlp.Signal;
import java.util.List;

/**
 * One pipeline of {@code service::pipelines}.
 *
 * @param id {@code traces} or {@code traces/name}
 * @param at where its key stands
 * @param receivers what feeds it: receivers, and connectors that other pipelines export to
 * @param processors in the order in which data passes them
 * @param exporters what it feeds: exporters, and connectors that other pipelines receive from
 */
public record PipelineConfig(
    String id,
    Signal signal,
    Position at,
    List<Component> receivers,
    List<Component> processors,
    List<Component> exporters) {}
