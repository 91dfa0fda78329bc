package dev.sluice.exporters.debug;

/** How much {@code debug} says. */
enum Verbosity {
  /** A line a batch, with counts. */
  BASIC,
  /** A line an item. */
  NORMAL,
  /** Every field of every item. */
  DETAILED
}
