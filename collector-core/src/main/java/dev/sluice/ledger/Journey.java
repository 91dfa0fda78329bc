package dev.sluice.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The way of one sampled request through one pipeline, so far. Immutable. Times are in nanoseconds
 * since the epoch.
 *
 * @param subject the text of what was asked about; empty for a trace
 * @param items of the request
 * @param exits one for each exporter of the pipeline
 */
record Journey(
    String pipeline,
    String receiver,
    String subject,
    int items,
    long acceptedNanos,
    List<Exit> exits) {
  /**
   * What one exporter did with it.
   *
   * @param takenNanos when it left the queue; 0 when it has not
   * @param batchItems items of the batch that it left in
   * @param batchRequests requests of that batch
   * @param failures attempts that failed
   * @param failure why the latest did
   * @param delivered items of the batch that the backend has confirmed
   * @param finished whether nothing of the batch is left
   */
  record Exit(
      String exporter,
      long takenNanos,
      int batchItems,
      long batchRequests,
      int failures,
      long failedNanos,
      String failure,
      long delivered,
      long deliveredNanos,
      boolean finished) {}

  static Journey of(
      String pipeline, Sample sample, Question question, Collection<String> exporters) {
    Subject about = sample.about(question);
    String subject = about == null ? "" : about.text();
    List<Exit> exits = new ArrayList<>();
    for (String exporter : exporters) {
      exits.add(exit(exporter, sample));
    }
    return new Journey(
        pipeline, sample.receiver, subject, sample.items, sample.acceptedNanos, exits);
  }

  private static Exit exit(String exporter, Sample sample) {
    for (Sample.Step step : sample.steps) {
      if (step.exporter.equals(exporter)) {
        return new Exit(
            exporter,
            step.takenNanos,
            step.batchItems,
            step.batchRequests,
            step.failures,
            step.failedNanos,
            step.failure,
            step.delivered,
            step.deliveredNanos,
            step.finished);
      }
    }
    return new Exit(exporter, 0, 0, 0, 0, 0, "", 0, 0, false);
  }
}
