package dev.sluice.exporters.http;

import dev.sluice.pipeline.ExportResult;

/** What came of a request: an answer to judge, or none. */
public sealed interface HttpOutcome permits HttpAnswer, HttpOutcome.Unanswered {
  /**
   * No answer, and what to do about it: a {@link ExportResult.Retry}, or a {@link
   * ExportResult.Hold} when it takes a person to mend it. The peer may have taken the request.
   */
  record Unanswered(ExportResult result) implements HttpOutcome {}
}
