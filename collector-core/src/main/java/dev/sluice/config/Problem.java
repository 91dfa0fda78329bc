package dev.sluice.config;

/**
 * One thing that is wrong, or doubtful, in the configuration: where it is, and what to do about it.
 *
 * @param severity whether it prevents the start
 * @param at where it stands
 * @param path the keys that lead to it, {@code exporters::otlp_http/tempo::endpoint}; empty for
 *     what concerns the source as a whole
 * @param message one sentence for the person who has to act on it
 */
public record Problem(Severity severity, Position at, String path, String message) {

  /** Whether a problem prevents the start. */
  public enum Severity {
    /** The configuration is refused. */
    ERROR,
    /** The configuration is accepted; something in it is not as its author may think. */
    WARNING
  }

  /** Whether it prevents the start. */
  public boolean error() {
    return severity == Severity.ERROR;
  }

  /** One line: {@code config.yaml:12:5: exporters::otlp_http::endpiont: unknown key; …}. */
  @Override
  public String toString() {
    String kind = error() ? "" : "warning: ";
    return at + ": " + kind + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
