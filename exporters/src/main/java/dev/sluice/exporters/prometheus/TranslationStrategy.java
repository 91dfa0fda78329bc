package dev.sluice.exporters.prometheus;

/** How OTLP names become Prometheus names: {@code translation_strategy}. */
enum TranslationStrategy {
  UNDERSCORE_ESCAPING_WITH_SUFFIXES("UnderscoreEscapingWithSuffixes", true, true),
  UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES("UnderscoreEscapingWithoutSuffixes", true, false),
  NO_UTF8_ESCAPING_WITH_SUFFIXES("NoUTF8EscapingWithSuffixes", false, true),
  NO_TRANSLATION("NoTranslation", false, false);

  private final String label;
  private final boolean escapes;
  private final boolean addsSuffixes;

  TranslationStrategy(String label, boolean escapes, boolean addsSuffixes) {
    this.label = label;
    this.escapes = escapes;
    this.addsSuffixes = addsSuffixes;
  }

  /** The word of the configuration. */
  String label() {
    return label;
  }

  /** Whether characters outside the classic set become underscores. */
  boolean escapes() {
    return escapes;
  }

  /** Whether unit and type are appended to metric names. */
  boolean addsSuffixes() {
    return addsSuffixes;
  }
}
