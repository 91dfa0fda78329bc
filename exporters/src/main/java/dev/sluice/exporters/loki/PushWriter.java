package dev.sluice.exporters.loki;

import dev.sluice.exporters.http.Body;
import dev.sluice.exporters.http.SnappyWriter;
import dev.sluice.otlp.WireWriter;

/**
 * Writes the entries of a request as {@code logproto.PushRequest} in the Snappy block format, or as
 * the same in JSON, not compressed. Hot path; not thread-safe, and what it gave is overwritten by
 * the next.
 */
final class PushWriter {
  private static final int INITIAL_BYTES = 1 << 16;
  private static final int KEPT_BYTES_MAX = 16 << 20;

  private final PushEncoding encoding;
  private SnappyWriter protobuf = new SnappyWriter(0);
  private RepeatedEntries entries = new RepeatedEntries(protobuf);
  private WireWriter json = new WireWriter(0);

  PushWriter(PushEncoding encoding) {
    this.encoding = encoding;
  }

  /** Writes a request. */
  Body write(PushBody body) {
    return switch (encoding) {
      case PROTOBUF -> protobuf(body);
      case JSON -> json(body);
    };
  }

  private Body protobuf(PushBody body) {
    if (protobuf.capacity() > KEPT_BYTES_MAX) {
      protobuf = new SnappyWriter(INITIAL_BYTES);
      entries = new RepeatedEntries(protobuf);
    }
    protobuf.reset();
    body.slices().forEach(this::writeStream);
    protobuf.end();
    return protobuf.body();
  }

  private Body json(PushBody body) {
    if (json.array().length > KEPT_BYTES_MAX) {
      json = new WireWriter(INITIAL_BYTES);
    }
    json.reset();
    new JsonPush(json).write(body);
    return Body.of(json.array(), 0, json.size());
  }

  private void writeStream(PushBody.Slice slice) {
    LogStream stream = slice.stream();
    byte[] labels = stream.labels().utf8();
    int size = stream.start(slice.to()) - stream.start(slice.from());
    protobuf.begin(
        Push.Request.STREAMS, 1 + WireWriter.varintSize(labels.length) + labels.length + size);
    protobuf.bytes(Push.StreamAdapter.LABELS, labels);
    entries.write(slice);
  }
}
