package dev.sluice.exporters.prometheus;

import org.jspecify.annotations.Nullable;

/** Samples of a batch's sending order that are still to be sent, together. Used by one thread. */
final class Range {
  final int from;
  int to;

  /** Whether it is part of a range that the endpoint has refused. */
  boolean suspect;

  /** Whether a refused sample must be in it, so that sending the whole is in vain. */
  boolean bad;

  /** Whether it was sent before and no answer told what became of it. */
  boolean uncertain;

  /** The other half of a refused range, which is bad when this half is not. */
  @Nullable Range sibling;

  Range(int from, int to) {
    this.from = from;
    this.to = to;
  }

  int size() {
    return to - from;
  }

  /** A part of this range, with what is known of it. */
  Range part(int partFrom, int partTo) {
    Range part = new Range(partFrom, partTo);
    part.suspect = suspect;
    part.uncertain = uncertain;
    return part;
  }
}
