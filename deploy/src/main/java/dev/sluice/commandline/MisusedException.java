package dev.sluice.commandline;

/** The command line makes no sense; the message says why. */
public final class MisusedException extends Exception {
  private static final long serialVersionUID = 1L;

  MisusedException(String message) {
    super(message);
  }
}
