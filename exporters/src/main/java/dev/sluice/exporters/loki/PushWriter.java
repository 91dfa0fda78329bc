package dev.sluice.exporters.loki;

import dev.sluice.exporters.http.Body;
import dev.sluice.otlp.WireReader;
import dev.sluice.otlp.WireWriter;

/**
 * Writes the entries of a request as {@code logproto.PushRequest}, or as the same in JSON. Hot
 * path; not thread-safe, and what it gave is overwritten by the next.
 */
final class PushWriter {
  private static final int KEPT_BYTES_MAX = 16 << 20;

  private final PushEncoding encoding;
  private WireWriter out = new WireWriter(1 << 16);

  PushWriter(PushEncoding encoding) {
    this.encoding = encoding;
  }

  /** Writes a request, not compressed. */
  Body write(PushBody body) {
    if (out.array().length > KEPT_BYTES_MAX) {
      out = new WireWriter(1 << 16);
    }
    out.reset();
    switch (encoding) {
      case PROTOBUF -> body.slices().forEach(this::writeProtobuf);
      case JSON -> new JsonPush(out).write(body);
    }
    return Body.of(out.array(), 0, out.size());
  }

  private void writeProtobuf(PushBody.Slice slice) {
    LogStream stream = slice.stream();
    byte[] labels = stream.labels().utf8();
    int from = stream.start(slice.from());
    int entries = stream.start(slice.to()) - from;
    out.tag(Push.Request.STREAMS, WireReader.LEN);
    out.rawVarint(1L + WireWriter.varintSize(labels.length) + labels.length + entries);
    out.bytes(Push.StreamAdapter.LABELS, labels, 0, labels.length);
    out.raw(stream.array(), from, entries);
  }
}
