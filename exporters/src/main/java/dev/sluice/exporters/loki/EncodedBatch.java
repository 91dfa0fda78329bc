package dev.sluice.exporters.loki;

import dev.sluice.pipeline.Loss;
import java.util.List;

/**
 * A batch as streams of entries.
 *
 * @param streams in the order of their first entries; they belong to the encoder, until it encodes
 *     again
 * @param losses records that rules of ours have dropped
 */
record EncodedBatch(List<LogStream> streams, List<Loss> losses) {}
