package dev.sluice.exporters.otlp;

import dev.sluice.exporters.http.Body;
import dev.sluice.pipeline.Batch;

/** A batch as OTLP/JSON. */
final class JsonBody {
  private JsonBody() {}

  @SuppressWarnings("DoNotCallSuggester") // until the JSON writer is there
  static Body of(Batch batch) {
    throw new UnsupportedOperationException(batch.toString());
  }
}
