package dev.sluice.journal;

/** The process, or the machine, has stopped in the midst of an operation of a {@link ModelDisk}. */
final class DiskCrash extends Error {
  private static final long serialVersionUID = 1L;

  DiskCrash() {
    super("crash", null, false, false);
  }
}
