package dev.sluice.exporters.loki;

import dev.sluice.otlp.WireReader;
import dev.sluice.otlp.WireWriter;
import java.nio.charset.StandardCharsets;

/**
 * Writes a push request as JSON: {@code {"streams":[{"stream":{…},"values":[["ns","line",{…}]]}]}},
 * from entries that are encoded as protobuf. Not thread-safe.
 */
final class JsonPush {
  private final WireWriter out;
  private final WireReader entry = new WireReader();
  private final WireReader part = new WireReader();
  private final WireReader list = new WireReader();

  JsonPush(WireWriter out) {
    this.out = out;
  }

  void write(PushBody body) {
    ascii("{\"streams\":[");
    boolean first = true;
    for (PushBody.Slice slice : body.slices()) {
      comma(first);
      first = false;
      writeStream(slice);
    }
    ascii("]}");
  }

  private void writeStream(PushBody.Slice slice) {
    ascii("{\"stream\":{");
    boolean[] first = {true};
    slice.stream()
        .labels()
        .labels()
        .forEach((name, value) -> {
          comma(first[0]);
          first[0] = false;
          JsonText.quote(name, false, out);
          out.rawByte(':');
          JsonText.quote(value, false, out);
        });
    ascii("},\"values\":[");
    LogStream stream = slice.stream();
    int from = stream.start(slice.from());
    list.reset(stream.array(), from, stream.start(slice.to()) - from);
    for (int i = slice.from(); list.next(); i++) {
      comma(i == slice.from());
      writeEntry(list.enter(entry), stream.timeNanos(i));
    }
    ascii("]}");
  }

  private void writeEntry(WireReader reader, long timeNanos) {
    ascii("[\"");
    DecimalText.write(timeNanos, out);
    ascii("\",");
    boolean metadata = false;
    while (reader.next()) {
      switch (reader.field()) {
        case Push.Entry.LINE -> writeText(reader);
        case Push.Entry.STRUCTURED_METADATA -> {
          ascii(metadata ? "," : ",{");
          metadata = true;
          writePair(reader.enter(part));
        }
        default -> reader.skip();
      }
    }
    ascii(metadata ? "}]" : "]");
  }

  private void writePair(WireReader pair) {
    while (pair.next()) {
      if (pair.field() == Push.LabelPair.VALUE) {
        out.rawByte(':');
      }
      writeText(pair);
    }
  }

  private void writeText(WireReader reader) {
    int length = reader.length();
    JsonText.quote(reader.array(), reader.position() - length, length, false, out);
  }

  private void comma(boolean first) {
    if (!first) {
      out.rawByte(',');
    }
  }

  private void ascii(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    out.raw(bytes, 0, bytes.length);
  }
}
