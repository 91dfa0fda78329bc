package dev.sluice.receivers.compression;

/** A body that cannot be decompressed; the message is for the sender. */
public final class DecompressionException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Whose fault it is, and whether coming again helps. */
  public enum Reason {
    /** Not what its encoding says, cut off, or followed by something else. */
    MALFORMED,
    /** Larger, when decompressed, than the limit. */
    TOO_LARGE,
    /** The memory budget has no room now. */
    NO_MEMORY
  }

  private final Reason reason;

  DecompressionException(Reason reason, String message) {
    // Made on the path of hostile input: no stack trace, so that refusing stays cheap.
    super(message, null, false, false);
    this.reason = reason;
  }

  static DecompressionException malformed(String message) {
    return new DecompressionException(Reason.MALFORMED, message);
  }

  public Reason reason() {
    return reason;
  }
}
