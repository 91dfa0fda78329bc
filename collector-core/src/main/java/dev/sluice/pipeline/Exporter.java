package dev.sluice.pipeline;

/**
 * The way to one backend: it encodes batches and judges the backend's answers. Queue, batching,
 * retry, timeout, counting and shutdown come from the pipeline.
 *
 * <p>One exporter exists for an id and pipeline. When its plan says {@code ordered}, one delivery
 * is under way at a time, from {@link #prepare} to its last attempt; otherwise {@code prepare} is
 * called by several threads at once.
 */
public interface Exporter extends AutoCloseable {
  /**
   * Encodes a batch, once; the delivery is then attempted until it is delivered or given up. Does
   * not block on a peer. Must not fail on valid OTLP: what cannot be encoded is a {@link Loss} of
   * the result.
   */
  Delivery prepare(Batch batch);

  /** Releases connections and threads. Called once, after the last attempt has returned. */
  @Override
  void close();
}
