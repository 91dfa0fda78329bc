package dev.sluice;

/** The signals that the process hears, and its way out. */
interface Signals {
  /**
   * Runs {@code action} on a thread of its own at each signal of this name: {@code TERM}, {@code
   * INT}, {@code HUP}. Replaces what was to be done before.
   */
  void on(String name, Runnable action);

  /** Ends the process at once: nothing is drained, no hook runs. */
  void exitNow(int status);
}
