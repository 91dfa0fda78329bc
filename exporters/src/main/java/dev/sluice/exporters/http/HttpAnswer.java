package dev.sluice.exporters.http;

import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.ExportResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a backend answered.
 *
 * @param target the URL without user, query and fragment; for reasons
 * @param headers by name in lower case
 * @param body at most {@value HttpClient#ANSWER_BYTES_MAX} bytes of it
 * @param truncated whether the body was longer
 */
public record HttpAnswer(
    String target, int status, Map<String, List<String>> headers, byte[] body, boolean truncated)
    implements HttpOutcome {
  private static final int REASON_CHARS_MAX = 512;

  /** Whether the status is 2xx. */
  public boolean isSuccess() {
    return status / 100 == 2;
  }

  /** Whether the status says, in every protocol here, that another try may help. */
  public boolean isRetryable() {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }

  /** The first value of a header, or null when there is none. */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? null : values.getFirst();
  }

  /** What {@code Retry-After} asks for, in nanoseconds from now; -1 when it asks for nothing. */
  public long retryAfterNanos(Clock clock) {
    return RetryAfter.nanos(header("retry-after"), clock);
  }

  /** Another try, when the backend asked for it; with the body as the reason. */
  public ExportResult.Retry retry(Clock clock) {
    return new ExportResult.Retry(reason(text()), retryAfterNanos(clock));
  }

  /** A sentence for a person: who answered what, and {@code message} when there is one. */
  public String reason(String message) {
    String answered = target + " answered " + status;
    return message.isEmpty() ? answered : answered + ": " + message;
  }

  /** The body as a line of text for a reason; at most {@value #REASON_CHARS_MAX} characters. */
  public String text() {
    return line(new String(body, StandardCharsets.UTF_8));
  }

  /** What a peer wrote, made fit for a log: one line, printable, of bounded length. */
  public static String line(String text) {
    int end = Math.min(text.length(), REASON_CHARS_MAX);
    StringBuilder line = new StringBuilder(end);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      line.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c);
    }
    return line.toString().strip() + (text.length() > end ? "…" : "");
  }
}
