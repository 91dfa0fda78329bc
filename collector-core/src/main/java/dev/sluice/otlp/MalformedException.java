package dev.sluice.otlp;

/**
 * Bytes or text that are not the OTLP message that they claim to be. The message says what is wrong
 * and where.
 */
public final class MalformedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MalformedException(String message) {
    // Made on the path of hostile input: no stack trace, so that refusing stays cheap.
    super(message, null, false, false);
  }
}
