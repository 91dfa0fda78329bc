package dev.sluice.otlp;

/**
 * Ends the attempt to read a request as {@link PlainJson}. It never leaves this package and has no
 * stack trace, since it stands for a branch and not for an error.
 */
final class NotPlainException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotPlainException() {
    super("is not plain JSON", null, false, false);
  }
}
