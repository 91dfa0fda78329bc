package dev.sluice.exporters.prometheus;

import dev.sluice.exporters.http.HttpAnswer;
import dev.sluice.exporters.http.HttpOutcome;
import dev.sluice.meters.RemoteWriteMeters;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Delivery;
import dev.sluice.pipeline.ExportResult;
import org.jspecify.annotations.Nullable;

/**
 * A batch on its way to a remote write endpoint, request by request; what was confirmed is never
 * sent again. Used by one thread.
 *
 * <p>An endpoint of 1.0 stores nothing of a request with one bad sample. So a refused request is
 * halved, at the ends of series where it can be, until the bad samples are alone; the other half of
 * one that was taken is known to be bad and is not sent as a whole. At most {@value
 * #SUSPECT_REQUESTS_MAX} requests are spent on that for a batch; what is undecided then is given up
 * together. An endpoint of 2.0 stores the good samples and says how many, so its answer is read
 * instead.
 */
final class RemoteWriteDelivery implements Delivery {
  static final int SUSPECT_REQUESTS_MAX = 512;

  private final RemoteWriteClient client;
  private final RequestWriterV1 writerV1;
  private final RequestWriterV2 writerV2;
  private final SampleStore store;
  private final Ranges ranges;
  private final Losses losses;
  private final RemoteWriteMeters meters;
  private final Clock clock;
  private final @Nullable MetricList metadata;
  private final int items;
  private int requestBytesMax;
  private int suspectRequests;
  private int metadataSent;

  /**
   * @param metadata what 1.0 requests say of metrics, or null to say nothing
   * @param items the data points of the batch
   */
  RemoteWriteDelivery(
      RemoteWriteClient client,
      RequestWriterV1 writerV1,
      RequestWriterV2 writerV2,
      SampleStore store,
      Ranges ranges,
      Losses losses,
      RemoteWriteMeters meters,
      Clock clock,
      @Nullable MetricList metadata,
      int items,
      int requestBytesMax) {
    this.client = client;
    this.writerV1 = writerV1;
    this.writerV2 = writerV2;
    this.store = store;
    this.ranges = ranges;
    this.losses = losses;
    this.meters = meters;
    this.clock = clock;
    this.metadata = metadata;
    this.items = items;
    this.requestBytesMax = requestBytesMax;
  }

  @Override
  public ExportResult attempt(long timeoutNanos) {
    long deadline = clock.nanoTime() + timeoutNanos;
    for (Range range = ranges.next(); range != null; range = ranges.next()) {
      long left = deadline - clock.nanoTime();
      if (left <= 0) {
        return new ExportResult.Retry("timeout before all of the batch was sent", 0);
      }
      ExportResult stop = send(range, left);
      if (stop != null) {
        return stop;
      }
    }
    ExportResult stop = sendMetadata(deadline);
    return stop != null ? stop : new ExportResult.Delivered(losses.list(items));
  }

  /** Sends a range; null means go on, otherwise the attempt ends so. */
  private @Nullable ExportResult send(Range range, long leftNanos) {
    if (range.bad && range.size() > 1) {
      refuse(range, "the endpoint refused the samples among which it was");
      return null;
    }
    RequestWriter writer = client.isV2() ? writerV2 : writerV1;
    int end = writer.write(ranges.order(), range.from, range.to, requestBytesMax);
    Range sent = end < range.to ? ranges.cut(end) : range;
    suspectRequests += sent.suspect ? 1 : 0;
    meters.sentRequest();
    return switch (client.post(writer.body(), leftNanos)) {
      case HttpOutcome.Unanswered unanswered -> {
        sent.uncertain = true;
        yield unanswered.result();
      }
      case HttpAnswer answer -> judge(sent, writer, answer);
    };
  }

  private @Nullable ExportResult judge(Range range, RequestWriter writer, HttpAnswer answer) {
    int status = answer.status();
    if (answer.isSuccess()) {
      accept(range, writer, answer);
      return null;
    }
    if (status / 100 == 5 || status == 429 || status == 408 || status == 425) {
      range.uncertain |= status / 100 == 5;
      return answer.retry(clock);
    }
    switch (status) {
      case 413 -> shrink(range, writer.size(), answer);
      case 415 -> {
        if (!client.isV2()) {
          return new ExportResult.Hold(Advice.on(answer));
        }
        client.fallBack(answer.reason(answer.text()));
      }
      case 400, 409, 422 -> judgeRefusal(range, writer, answer);
      default -> {
        return new ExportResult.Hold(Advice.on(answer));
      }
    }
    return null;
  }

  private void accept(Range range, RequestWriter writer, HttpAnswer answer) {
    if (!client.isV2()) {
      meters.written(writer.samples(), writer.histograms(), writer.exemplars());
      ranges.done();
      return;
    }
    acceptV2(range, writer, answer);
  }

  private void judgeRefusal(Range range, RequestWriter writer, HttpAnswer answer) {
    if (client.isV2()) {
      acceptV2(range, writer, answer);
    } else {
      refuse(range, answer.reason(answer.text()));
    }
  }

  /** A good and a bad answer of 2.0 both say what was written, and that settles the range. */
  private void acceptV2(Range range, RequestWriter writer, HttpAnswer answer) {
    WrittenStats written = WrittenStats.of(answer);
    if (!written.present()) {
      client.fallBack(answer.reason("without X-Prometheus-Remote-Write-Samples-Written"));
      return;
    }
    meters.written(written.samples(), written.histograms(), written.exemplars());
    long expected = writer.samples() + (long) writer.histograms();
    long missing = expected - written.samples() - written.histograms();
    if (missing > 0) {
      new PartialWrite(store, ranges, losses).record(range, answer, missing);
    }
    ranges.done();
  }

  private void refuse(Range range, String reason) {
    if (range.size() > 1 && suspectRequests < SUSPECT_REQUESTS_MAX) {
      ranges.halve();
      return;
    }
    for (int at = range.from; at < range.to; at++) {
      int sample = ranges.order()[at];
      if (!ranges.isStoredAlready(range, sample, reason)) {
        losses.rejected(store.point(sample), reason);
      }
    }
    ranges.refused();
  }

  private void shrink(Range range, int bytes, HttpAnswer answer) {
    if (range.size() > 1) {
      requestBytesMax = Math.max(1, Math.min(requestBytesMax, bytes) / 2);
      return;
    }
    losses.rejected(store.point(ranges.order()[range.from]), answer.reason(answer.text()));
    ranges.refused();
  }

  private @Nullable ExportResult sendMetadata(long deadline) {
    while (metadata != null && !client.isV2() && metadataSent < metadata.size()) {
      int end = writerV1.writeMetadata(metadata, metadataSent, requestBytesMax);
      long left = Math.max(1, deadline - clock.nanoTime());
      switch (client.post(writerV1.body(), left)) {
        case HttpOutcome.Unanswered unanswered -> {
          return unanswered.result();
        }
        case HttpAnswer answer -> {
          if (answer.isRetryable()) {
            return answer.retry(clock);
          }
          metadataSent = end;
        }
      }
    }
    return null;
  }
}
