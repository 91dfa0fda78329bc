package dev.sluice.exporters.loki;

/**
 * What Loki takes, enforced before sending; the defaults are Loki's own.
 *
 * @param labelsMax index labels of a stream, {@code service_name} included
 * @param labelNameMax bytes in a label's name
 * @param labelValueMax bytes in a label's value
 * @param lineMax bytes in a line; 0 is no limit
 * @param lineTruncated whether a longer line is cut rather than dropped
 * @param metadataEntriesMax pairs of structured metadata in an entry
 * @param metadataBytesMax bytes in their names and values
 * @param requestBytesMax bytes of a request before compression; a single larger entry goes alone
 */
record Limits(
    int labelsMax,
    int labelNameMax,
    int labelValueMax,
    int lineMax,
    boolean lineTruncated,
    int metadataEntriesMax,
    int metadataBytesMax,
    int requestBytesMax) {
  static final Limits DEFAULTS =
      new Limits(15, 1024, 2048, 256 << 10, true, 128, 64 << 10, 4 << 20);
}
