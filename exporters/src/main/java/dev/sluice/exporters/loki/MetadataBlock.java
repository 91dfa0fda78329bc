package dev.sluice.exporters.loki;

/**
 * Structured metadata of a resource or scope, encoded once and copied into each of its entries.
 *
 * @param pairs {@code structuredMetadata} fields of an {@code EntryAdapter}, one after the other
 * @param starts where in {@code pairs} each begins, and at last where they end
 * @param nameOffsets where in {@code pairs} each name begins
 * @param nameLengths how long each name is
 * @param nameHashes {@link RawHash} of each name
 * @param nameIds the number of each name in {@link MetadataNames}
 * @param bytes the bytes of all names and values, as Loki counts them
 * @param dropped how many did not fit the limits
 */
record MetadataBlock(
    byte[] pairs,
    int[] starts,
    int[] nameOffsets,
    int[] nameLengths,
    int[] nameHashes,
    int[] nameIds,
    int bytes,
    int dropped) {
  int count() {
    return nameOffsets.length;
  }
}
