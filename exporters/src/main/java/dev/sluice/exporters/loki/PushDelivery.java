package dev.sluice.exporters.loki;

import dev.sluice.exporters.http.HttpAnswer;
import dev.sluice.exporters.http.HttpOutcome;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Delivery;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Loss;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of one batch, one after the other, and judges Loki's answers. Used by one
 * thread at a time.
 *
 * <p>What Loki has answered for is never sent again. A 400 is an answer: Loki has stored the valid
 * part and refused the rest, which {@link Refusal} reads out of its text. The one exception is a
 * Loki that takes no structured metadata: a person has to allow it, and until then nothing is given
 * up. A repetition does no harm: Loki keeps one of entries with equal stream, time and line.
 */
final class PushDelivery implements Delivery {
  /** Loki's own status for a tenant whose ingestion is blocked: it has dropped what it was sent. */
  private static final int BLOCKED = 260;

  /** Requests are not made smaller than this to pass a rate limit. */
  private static final int RATE_SPLIT_BYTES_MIN = 256 << 10;

  private final PushClient client;
  private final Clock clock;
  private final Deque<PushBody> bodies;
  private final List<Loss> losses;

  PushDelivery(PushClient client, Clock clock, List<PushBody> bodies, List<Loss> losses) {
    this.client = client;
    this.clock = clock;
    this.bodies = new ArrayDeque<>(bodies);
    this.losses = new ArrayList<>(losses);
  }

  @Override
  public ExportResult attempt(long timeoutNanos) {
    long deadline = clock.nanoTime() + timeoutNanos;
    while (!bodies.isEmpty()) {
      PushBody body = bodies.getFirst();
      long leftNanos = deadline - clock.nanoTime();
      if (leftNanos <= 0) {
        return new ExportResult.Retry(
            "timeout with " + bodies.size() + " requests of the batch still to send", 0);
      }
      ExportResult stop = settle(body, client.post(body, leftNanos));
      if (stop != null) {
        return stop;
      }
    }
    client.forget();
    return losses.isEmpty()
        ? ExportResult.DELIVERED
        : new ExportResult.Delivered(List.copyOf(losses));
  }

  /** Acts on an outcome; null when the next request can be sent. */
  private @Nullable ExportResult settle(PushBody body, HttpOutcome outcome) {
    return switch (outcome) {
      case HttpOutcome.Unanswered unanswered -> unanswered.result();
      case HttpAnswer answer -> judge(body, answer);
    };
  }

  private @Nullable ExportResult judge(PushBody body, HttpAnswer answer) {
    int status = answer.status();
    if (status == BLOCKED) {
      lose(Loss.rejected(body.items(), body.ordinals(), answer.reason(answer.text())));
      return null;
    }
    if (answer.isSuccess()) {
      bodies.removeFirst();
      return null;
    }
    String reason = answer.reason(answer.text());
    if (status >= 500) {
      return answer.retry(clock);
    }
    return switch (status) {
      case 400, 422 -> refused(body, answer, reason);
      case 408, 425 -> answer.retry(clock);
      case 413 -> split(body, reason);
      case 429 -> slowDown(body, answer);
      case 401, 403 ->
          new ExportResult.Hold(reason + "; check the credentials in headers, and the tenant");
      case 404, 405 ->
          new ExportResult.Hold(
              reason + "; no Loki push API is there: check endpoint, which is used as it is");
      case 407 -> new ExportResult.Hold(reason + "; check the credentials in proxy_url");
      default ->
          new ExportResult.Hold(reason + "; this is no answer of Loki's push API: check endpoint");
    };
  }

  private @Nullable ExportResult refused(PushBody body, HttpAnswer answer, String reason) {
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    if (Refusal.isOfAllMetadata(text, body)) {
      return new ExportResult.Hold(
          reason + "; allow it in Loki, or set structured_metadata: false and format: json here");
    }
    bodies.removeFirst();
    losses.addAll(Refusal.read(text, answer.truncated(), body, reason));
    return null;
  }

  private @Nullable ExportResult split(PushBody body, String reason) {
    if (body.items() == 1) {
      lose(Loss.rejected(1, body.ordinals(), reason));
    } else {
      replaceByHalves(body);
    }
    return null;
  }

  /**
   * A request larger than the rate limit's burst is refused whenever it comes, so it is made
   * smaller before it is sent again.
   */
  private ExportResult slowDown(PushBody body, HttpAnswer answer) {
    boolean byRate = answer.text().contains("rate limit");
    if (byRate && body.items() > 1 && body.bytes() > RATE_SPLIT_BYTES_MIN) {
      replaceByHalves(body);
    }
    return answer.retry(clock);
  }

  private void replaceByHalves(PushBody body) {
    bodies.removeFirst();
    List<PushBody> halves = body.halves();
    bodies.addFirst(halves.getLast());
    bodies.addFirst(halves.getFirst());
  }

  private void lose(Loss loss) {
    bodies.removeFirst();
    losses.add(loss);
  }
}
