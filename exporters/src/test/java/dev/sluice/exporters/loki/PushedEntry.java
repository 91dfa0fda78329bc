package dev.sluice.exporters.loki;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An entry as Loki would read it from {@code logproto.PushRequest} bytes, decoded by protobuf-java
 * and not by our reader.
 *
 * @param metadata in the order in which it was written
 */
record PushedEntry(String labels, long timeNanos, String line, Map<String, String> metadata) {
  /** Decodes a request that is not compressed. */
  static List<PushedEntry> decode(byte[] request) {
    List<PushedEntry> entries = new ArrayList<>();
    try {
      CodedInputStream in = CodedInputStream.newInstance(request);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        expect(1, tag);
        decodeStream(in.readByteArray(), entries);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  private static void decodeStream(byte[] stream, List<PushedEntry> entries) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(stream);
    String labels = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == 1) {
        labels = in.readStringRequireUtf8();
      } else {
        expect(2, tag);
        entries.add(decodeEntry(labels, in.readByteArray()));
      }
    }
  }

  private static PushedEntry decodeEntry(String labels, byte[] entry) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(entry);
    long time = 0;
    String line = "";
    Map<String, String> metadata = new LinkedHashMap<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> time = decodeTime(in.readByteArray());
        case 2 -> line = in.readString();
        default -> {
          expect(3, tag);
          decodePair(in.readByteArray(), metadata);
        }
      }
    }
    return new PushedEntry(labels, time, line, metadata);
  }

  private static long decodeTime(byte[] timestamp) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(timestamp);
    long nanos = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == 1) {
        nanos += in.readInt64() * 1_000_000_000L;
      } else {
        nanos += in.readInt32();
      }
    }
    return nanos;
  }

  private static void decodePair(byte[] pair, Map<String, String> metadata) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(pair);
    String name = "";
    String value = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == 1) {
        name = in.readStringRequireUtf8();
      } else {
        value = in.readString();
      }
    }
    if (metadata.put(name, value) != null) {
      throw new AssertionError("structured metadata has the name " + name + " twice");
    }
  }

  private static void expect(int field, int tag) {
    if (WireFormat.getTagFieldNumber(tag) != field) {
      throw new AssertionError("field " + WireFormat.getTagFieldNumber(tag) + ", not " + field);
    }
  }
}
