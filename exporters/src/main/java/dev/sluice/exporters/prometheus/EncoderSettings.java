package dev.sluice.exporters.prometheus;

import java.time.Duration;
import java.util.Map;

/**
 * How OTLP metrics become series.
 *
 * @param namespace put before each metric name; empty for none
 * @param externalLabels put on each series that has no label of that name; names are valid
 * @param constants which resource attributes become labels of each series
 * @param sendMetadata whether 1.0 requests carry metadata; 2.0 requests always do
 * @param targetInfo whether a {@code target_info} series is made of each resource
 * @param scopeInfo whether series carry {@code otel_scope_*} labels
 * @param customBuckets whether explicit histograms become native ones with custom buckets
 * @param keepClassic whether they then also stay classic
 * @param cacheBytesMax label sets beyond this are not kept, but made anew for each batch
 */
record EncoderSettings(
    String namespace,
    TranslationStrategy strategy,
    Map<String, String> externalLabels,
    ResourceLabels constants,
    boolean sendMetadata,
    boolean targetInfo,
    boolean scopeInfo,
    boolean customBuckets,
    boolean keepClassic,
    Delta delta,
    long cacheBytesMax) {
  static final EncoderSettings DEFAULTS =
      new EncoderSettings(
          "",
          TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES,
          Map.of(),
          ResourceLabels.NONE,
          false,
          true,
          true,
          false,
          false,
          Delta.DEFAULTS,
          32 << 20);

  /**
   * What becomes of delta points.
   *
   * @param cumulative whether they are added up; otherwise they are dropped and counted
   * @param seriesMax series added up at once; points of further ones are dropped and counted
   * @param staleAfter a series without points for so long is forgotten; zero never forgets
   */
  record Delta(boolean cumulative, int seriesMax, Duration staleAfter) {
    static final Delta DEFAULTS = new Delta(true, 100_000, Duration.ofMinutes(5));
  }
}
