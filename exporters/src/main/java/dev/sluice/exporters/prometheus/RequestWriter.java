package dev.sluice.exporters.prometheus;

import dev.sluice.exporters.http.Body;

/**
 * Writes a range of a batch's samples as one request of a version of remote write. Hot path: reused
 * for request after request, allocates only to grow. Used by one thread. A {@link SeriesCache} has
 * one writer of each version: labels and symbols remember their places in its request.
 */
sealed interface RequestWriter permits RequestWriterV1, RequestWriterV2 {
  /** More than the field, value and timestamps of a float sample take. */
  int SAMPLE_BYTES = 36;

  /** More than the fields of a native histogram or exemplar beside its payload take. */
  int MESSAGE_BYTES = 48;

  /**
   * Writes the samples {@code order[from, to)}, or as many of the first of them as have room, but
   * at least one.
   *
   * @return the end of what was written
   */
  int write(int[] order, int from, int to, int bytesMax);

  /** What was written last, in the Snappy block format; valid until the next write. */
  Body body();

  /** The bytes that were written last, before compression. */
  int size();

  /** Float samples in it. */
  int samples();

  /** Native histograms in it. */
  int histograms();

  /** Exemplars in it. */
  int exemplars();

  /** An upper bound of what a sample and its exemplars take, without labels of the series. */
  static int cost(SampleStore store, int sample) {
    int own =
        store.isHistogram(sample) ? MESSAGE_BYTES + store.payloadLength(sample) : SAMPLE_BYTES;
    return own + exemplarCost(store, sample);
  }

  /** An upper bound of what a sample's exemplars take. */
  static int exemplarCost(SampleStore store, int sample) {
    int cost = 0;
    Exemplars exemplars = store.exemplars();
    for (int i = exemplars.first(sample); i >= 0; i = exemplars.next(i)) {
      cost += MESSAGE_BYTES + 2 * exemplars.labelsLength(i);
    }
    return cost;
  }
}
