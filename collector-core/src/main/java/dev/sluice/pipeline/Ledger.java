package dev.sluice.pipeline;

import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import java.util.List;

/**
 * Is told what happens to telemetry, so that it can say later what became of an item. Thread-safe.
 *
 * <p>All is told under the locks of the rings: nothing here blocks, throws or looks at items; what
 * costs more than some nanoseconds a request is done elsewhere, later. Sequences are those of a
 * pipeline's ring.
 */
public interface Ledger {
  /** Remembers nothing. */
  Ledger NONE = new ForgetfulLedger();

  /**
   * The record of one way in.
   *
   * @param pipelines the ids of those that a request is admitted to, in the order of their numbers
   */
  Entrance entrance(String receiverId, Signal signal, List<String> pipelines);

  /** The record of one way out. */
  Exit exit(String pipelineId, String exporterId);

  /** What happens at one way in. */
  interface Entrance {
    /**
     * A request gets its place in a pipeline; told for each pipeline, all under the same locks.
     *
     * @param pipeline the number of the pipeline, from 0
     */
    void accepted(int pipeline, long sequence, Telemetry telemetry);

    /** Nothing of a request was taken; its sender still has it. */
    void refused(Telemetry telemetry, String reason);
  }

  /** What happens at one way out; {@code [from, to)} are the requests of a claim. */
  interface Exit {
    /** Requests leave the queue as one batch. */
    void taken(long from, long to, Batch batch);

    /** An attempt has failed; nothing is lost yet. */
    void failed(long from, long to, String reason);

    /** The backend has confirmed items of the batch. */
    void delivered(long from, long to, int items);

    /** Nothing of the batch is left: what was not delivered is lost. */
    void finished(long from, long to);

    /**
     * Items are lost.
     *
     * @param file the dead letter that they are kept in; empty when they are dropped
     */
    void lost(Telemetry telemetry, String rule, String reason, String file);

    /** Items of a batch are dropped; which, only the loss's ordinals tell, if it has some. */
    void dropped(Batch batch, Loss loss);
  }
}
