package dev.sluice.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;

/** What a remote write exporter does beside what every exporter counts. Thread-safe. */
public final class RemoteWriteMeters {
  private static final String PREFIX = "otelcol_exporter_prometheusremotewrite_";

  private final Counter failedTranslations;
  private final Counter translatedTimeSeries;
  private final Counter sentBatches;
  private final Counter writtenSamples;
  private final Counter writtenHistograms;
  private final Counter writtenExemplars;

  RemoteWriteMeters(Meters meters, String id) {
    Tags tags = Tags.of("exporter", id);
    failedTranslations = meters.counter(PREFIX + "failed_translations", tags);
    translatedTimeSeries = meters.counter(PREFIX + "translated_time_series", tags);
    sentBatches = meters.counter(PREFIX + "sent_batches", tags);
    writtenSamples = meters.counter(PREFIX + "written_samples", tags);
    writtenHistograms = meters.counter(PREFIX + "written_histograms", tags);
    writtenExemplars = meters.counter(PREFIX + "written_exemplars", tags);
  }

  /** Data points that gave no sample. */
  public void failedTranslations(int points) {
    failedTranslations.increment(points);
  }

  /** Series that a batch was translated to. */
  public void translatedTimeSeries(int series) {
    translatedTimeSeries.increment(series);
  }

  /** A request went out. */
  public void sentRequest() {
    sentBatches.increment();
  }

  /** The endpoint confirmed that it wrote this. */
  public void written(long samples, long histograms, long exemplars) {
    writtenSamples.increment((double) samples);
    writtenHistograms.increment((double) histograms);
    writtenExemplars.increment((double) exemplars);
  }
}
