package dev.sluice.exporters.prometheus;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Encoder settings for tests; plain at first: without scope labels and target_info. */
final class Settings {
  private String namespace = "";
  private TranslationStrategy strategy = TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES;
  private Map<String, String> externalLabels = Map.of();
  private ResourceLabels constants = ResourceLabels.NONE;
  private boolean sendMetadata;
  private boolean targetInfo;
  private boolean scopeInfo;
  private boolean customBuckets;
  private boolean keepClassic;
  private EncoderSettings.Delta delta = new EncoderSettings.Delta(true, 100, Duration.ofMinutes(5));
  private long cacheBytesMax = 32 << 20;

  static Settings plain() {
    return new Settings();
  }

  Settings namespace(String value) {
    namespace = value;
    return this;
  }

  Settings strategy(TranslationStrategy value) {
    strategy = value;
    return this;
  }

  Settings externalLabels(Map<String, String> value) {
    externalLabels = value;
    return this;
  }

  Settings constants(List<String> included, List<String> excluded) {
    constants = new ResourceLabels(included, excluded);
    return this;
  }

  Settings sendMetadata() {
    sendMetadata = true;
    return this;
  }

  Settings targetInfo() {
    targetInfo = true;
    return this;
  }

  Settings scopeInfo() {
    scopeInfo = true;
    return this;
  }

  Settings customBuckets(boolean alsoClassic) {
    customBuckets = true;
    keepClassic = alsoClassic;
    return this;
  }

  Settings delta(boolean cumulative, int seriesMax, Duration staleAfter) {
    delta = new EncoderSettings.Delta(cumulative, seriesMax, staleAfter);
    return this;
  }

  Settings cacheBytesMax(long value) {
    cacheBytesMax = value;
    return this;
  }

  EncoderSettings settings() {
    return new EncoderSettings(
        namespace,
        strategy,
        externalLabels,
        constants,
        sendMetadata,
        targetInfo,
        scopeInfo,
        customBuckets,
        keepClassic,
        delta,
        cacheBytesMax);
  }

  Bench bench() {
    return new Bench(settings());
  }
}
