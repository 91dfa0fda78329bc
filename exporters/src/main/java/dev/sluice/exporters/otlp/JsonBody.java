package dev.sluice.exporters.otlp;

import dev.sluice.exporters.http.Body;
import dev.sluice.pipeline.Batch;

/** A batch as OTLP/JSON. */
final class JsonBody {
  private JsonBody() {}

  static Body of(Batch batch) {
    throw new UnsupportedOperationException(batch.toString());
  }
}
