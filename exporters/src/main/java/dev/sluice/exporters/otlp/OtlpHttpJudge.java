package dev.sluice.exporters.otlp;

import dev.sluice.exporters.http.HttpAnswer;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.ExporterContext;

/**
 * Says what an OTLP peer's HTTP answer means for a batch. Thread-safe.
 *
 * <p>The specification has 429, 502, 503 and 504 retried and everything else not. We hold the data,
 * and do not drop it, where the answer speaks of our configuration and not of the data.
 */
final class OtlpHttpJudge {
  private final Clock clock;
  private final Advice advice;

  OtlpHttpJudge(ExporterContext context) {
    clock = context.clock();
    advice = new Advice(context.id());
  }

  ExportResult judge(Batch batch, HttpAnswer answer) {
    if (answer.isSuccess()) {
      PartialSuccess partial = partialSuccess(answer);
      advice.hear(partial);
      return partial.delivered(batch);
    }
    RpcStatus status = status(answer);
    String reason = answer.reason(status.message());
    if (answer.isRetryable()) {
      long header = answer.retryAfterNanos(clock);
      return new ExportResult.Retry(reason, header >= 0 ? header : status.retryDelayNanos());
    }
    return switch (answer.status()) {
      case 400, 413, 422 -> new ExportResult.Permanent(reason, true);
      case 300, 301, 302, 303, 307, 308 -> new ExportResult.Hold(reason + redirect(answer));
      case 401 -> new ExportResult.Hold(reason + "; check the credentials in headers");
      case 403 -> new ExportResult.Hold(reason + "; the credentials in headers are not enough");
      case 404, 405 ->
          new ExportResult.Hold(
              reason
                  + "; no OTLP/HTTP receiver at this path: check endpoint, to which /v1/"
                  + batch.signal().label()
                  + " is appended, or the one for this signal, which is used as it is");
      case 407 -> new ExportResult.Hold(reason + "; check the credentials in proxy_url");
      case 415 ->
          new ExportResult.Hold(reason + "; the peer may want another encoding or compression");
      default -> new ExportResult.Permanent(reason, false);
    };
  }

  private static String redirect(HttpAnswer answer) {
    String location = answer.header("location");
    String where = location == null ? "" : " to " + HttpAnswer.line(location.split("[?#]", 2)[0]);
    return "; a redirect" + where + " is not followed: set the endpoint to where it leads";
  }

  private static PartialSuccess partialSuccess(HttpAnswer answer) {
    if (answer.truncated() || answer.body().length == 0) {
      return PartialSuccess.FULL;
    }
    return isJson(answer)
        ? JsonAnswers.partialSuccess(answer.body())
        : isProto(answer) ? PartialSuccess.ofProto(answer.body()) : PartialSuccess.FULL;
  }

  /** A body of another type, as proxies send it, is the message. */
  private static RpcStatus status(HttpAnswer answer) {
    if (answer.truncated()) {
      return new RpcStatus(answer.text(), -1);
    }
    if (isProto(answer)) {
      return RpcStatus.ofProto(answer.body());
    }
    return isJson(answer) ? JsonAnswers.status(answer.body()) : new RpcStatus(answer.text(), -1);
  }

  private static boolean isProto(HttpAnswer answer) {
    return hasType(answer, OtlpHttpSettings.Encoding.PROTO);
  }

  private static boolean isJson(HttpAnswer answer) {
    return hasType(answer, OtlpHttpSettings.Encoding.JSON);
  }

  private static boolean hasType(HttpAnswer answer, OtlpHttpSettings.Encoding encoding) {
    String type = answer.header("content-type");
    String expected = encoding.contentType();
    return type != null && type.regionMatches(true, 0, expected, 0, expected.length());
  }
}
