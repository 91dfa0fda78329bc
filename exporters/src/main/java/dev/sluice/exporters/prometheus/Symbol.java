package dev.sluice.exporters.prometheus;

/**
 * A string of labels or metadata in UTF-8, shared by all series that have it. Remembers its place
 * in the symbol table of the request being written, so that writing looks nothing up. Used by one
 * thread at a time.
 */
final class Symbol extends RawTable.Entry {
  /** The request that {@link #reference} belongs to. */
  long request;

  /** The place in that request's symbol table. */
  int reference;

  Symbol(byte[] utf8, int hash) {
    super(null, utf8, hash);
  }
}
