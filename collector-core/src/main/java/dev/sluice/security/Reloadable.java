package dev.sluice.security;

import java.time.Duration;

/** Something made of files that are read again. One thread calls {@link #reload}. */
public interface Reloadable {
  /** The keys that configure it, for messages. */
  String name();

  /** How long to wait between two readings. */
  Duration interval();

  /**
   * Reads again, and replaces what has changed. What cannot be used changes nothing and is logged
   * once. Never throws; may block on files and, for keys of an issuer, for seconds on the network.
   */
  void reload();
}
