package dev.sluice.exporters.debug;

/**
 * Which batches are written: the first so many of a second, and then every so manieth.
 *
 * @param initial how many of each second are always written
 * @param thereafter of the others, one in this many is written; 0 is none
 */
record Sampling(int initial, int thereafter) {
  /** Whether the batch of this number within its second, from 0, is written. */
  boolean takes(long number) {
    return number < initial || (thereafter > 0 && (number - initial) % thereafter == 0);
  }
}
