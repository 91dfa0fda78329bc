package dev.sluice.exporters.prometheus;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a remote write request says, as lines like those of the Prometheus text format. Decodes with
 * protobuf-java, so that the writers are not held against their own reader.
 *
 * <pre>
 * up{job="a"} 1 @1000
 * up{job="a"} 1 @2000 since 500
 * up{job="a"} # {trace_id="0102"} 0.5 @1000
 * h{job="a"} {count=3 sum=5 schema=2 zero=0..1.0E-128 positive=[1:2 2:1]} @1000
 * # up counter "help" "unit"
 * </pre>
 */
final class Written {
  private static final long STALE = 0x7ff0000000000002L;

  private final List<String> lines = new ArrayList<>();
  private final List<String> metadata = new ArrayList<>();
  private List<String> symbols = List.of();

  private Written() {}

  /** One sample of a request. */
  record Sample(String series, double value, long millis) {}

  /** The lines of a {@code prometheus.WriteRequest}. */
  static List<String> v1(byte[] request) {
    Written written = new Written();
    UnknownFieldSet message = parse(request);
    for (UnknownFieldSet series : messages(message, 1)) {
      written.seriesV1(series);
    }
    for (UnknownFieldSet metric : messages(message, 3)) {
      written.metadata.add(
          "# %s %s \"%s\" \"%s\""
              .formatted(text(metric, 2), kind(metric, 1), text(metric, 4), text(metric, 5)));
    }
    written.lines.addAll(written.metadata);
    return written.lines;
  }

  /** The lines of a {@code io.prometheus.write.v2.Request}; metadata of a series once. */
  static List<String> v2(byte[] request) {
    Written written = new Written();
    UnknownFieldSet message = parse(request);
    written.symbols =
        message.getField(4).getLengthDelimitedList().stream()
            .map(ByteString::toStringUtf8)
            .toList();
    if (!written.symbols.getFirst().isEmpty()) {
      throw new AssertionError("the first symbol is not empty");
    }
    for (UnknownFieldSet series : messages(message, 5)) {
      written.seriesV2(series);
    }
    written.lines.addAll(written.metadata);
    return written.lines;
  }

  private void seriesV1(UnknownFieldSet series) {
    StringBuilder name = new StringBuilder();
    List<String> labels = new ArrayList<>();
    for (UnknownFieldSet label : messages(series, 1)) {
      add(name, labels, text(label, 1), text(label, 2));
    }
    String key = name + "{" + String.join(", ", labels) + "}";
    lines(key, messages(series, 2), messages(series, 4));
    for (UnknownFieldSet exemplar : messages(series, 3)) {
      List<String> pairs = new ArrayList<>();
      for (UnknownFieldSet label : messages(exemplar, 1)) {
        pairs.add(text(label, 1) + "=\"" + text(label, 2) + "\"");
      }
      exemplar(key, pairs, exemplar);
    }
  }

  private void seriesV2(UnknownFieldSet series) {
    StringBuilder name = new StringBuilder();
    List<String> labels = new ArrayList<>();
    List<Long> refs = packed(series, 1);
    for (int i = 0; i < refs.size(); i += 2) {
      add(name, labels, symbol(refs.get(i)), symbol(refs.get(i + 1)));
    }
    String key = name + "{" + String.join(", ", labels) + "}";
    boolean both = !messages(series, 2).isEmpty() && !messages(series, 3).isEmpty();
    if (both) {
      throw new AssertionError("samples and histograms in one series: " + key);
    }
    lines(key, messages(series, 2), messages(series, 3));
    for (UnknownFieldSet exemplar : messages(series, 4)) {
      List<Long> pairs = packed(exemplar, 1);
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < pairs.size(); i += 2) {
        texts.add(symbol(pairs.get(i)) + "=\"" + symbol(pairs.get(i + 1)) + "\"");
      }
      exemplar(key, texts, exemplar);
    }
    UnknownFieldSet about = messages(series, 5).getFirst();
    String line =
        "# %s %s \"%s\" \"%s\""
            .formatted(name, kind(about, 1), symbol(varint(about, 3)), symbol(varint(about, 4)));
    if (!metadata.contains(line)) {
      metadata.add(line);
    }
  }

  private static void add(StringBuilder name, List<String> labels, String key, String value) {
    if (key.equals("__name__")) {
      name.append(value);
    } else {
      labels.add(key + "=\"" + value + "\"");
    }
  }

  private void lines(String key, List<UnknownFieldSet> samples, List<UnknownFieldSet> natives) {
    for (UnknownFieldSet sample : samples) {
      long bits = sample.getField(1).getFixed64List().getFirst();
      lines.add(key + " " + value(bits) + " @" + varint(sample, 2) + since(varint(sample, 3)));
    }
    for (UnknownFieldSet histogram : natives) {
      String times = " @" + varint(histogram, 15) + since(varint(histogram, 17));
      lines.add(key + " {" + histogram(histogram) + "}" + times);
    }
  }

  private void exemplar(String key, List<String> labels, UnknownFieldSet exemplar) {
    long bits = exemplar.getField(2).getFixed64List().getFirst();
    String time = " @" + varint(exemplar, 3);
    lines.add(key + " # {" + String.join(", ", labels) + "} " + value(bits) + time);
  }

  private static String histogram(UnknownFieldSet histogram) {
    long count = varint(histogram, 1);
    String counted = count == STALE ? "stale" : Long.toUnsignedString(count);
    StringBuilder text = new StringBuilder("count=" + counted);
    text.append(" sum=" + value(histogram.getField(3).getFixed64List().getFirst()));
    text.append(" schema=" + zigzag(varint(histogram, 4)));
    if (histogram.hasField(5)) {
      double threshold = Double.longBitsToDouble(histogram.getField(5).getFixed64List().getFirst());
      text.append(" zero=" + varint(histogram, 6) + ".." + threshold);
    }
    text.append(buckets(" negative", histogram, 8, 9));
    text.append(buckets(" positive", histogram, 11, 12));
    if (histogram.hasField(16)) {
      text.append(" custom=" + doubles(histogram));
    }
    return text.toString();
  }

  private static String buckets(String name, UnknownFieldSet histogram, int spans, int deltas) {
    if (!histogram.hasField(spans)) {
      return "";
    }
    List<Long> differences = packed(histogram, deltas);
    List<String> counts = new ArrayList<>();
    long index = 0;
    long count = 0;
    int next = 0;
    for (UnknownFieldSet span : messages(histogram, spans)) {
      index += zigzag(varint(span, 1));
      for (long i = 0; i < varint(span, 2); i++) {
        count += zigzag(differences.get(next++));
        counts.add(index++ + ":" + count);
      }
    }
    if (next != differences.size()) {
      throw new AssertionError("spans and deltas do not match");
    }
    return name + "=" + counts.toString().replace(",", "");
  }

  private static String doubles(UnknownFieldSet histogram) {
    List<String> values = new ArrayList<>();
    for (ByteString block : histogram.getField(16).getLengthDelimitedList()) {
      CodedInputStream in = block.newCodedInput();
      try {
        while (!in.isAtEnd()) {
          values.add(value(in.readRawLittleEndian64()));
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return values.toString().replace(",", "");
  }

  private static String value(long bits) {
    if (bits == STALE) {
      return "stale";
    }
    double value = Double.longBitsToDouble(bits);
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String since(long millis) {
    return millis == 0 ? "" : " since " + millis;
  }

  private String symbol(long reference) {
    return symbols.get((int) reference);
  }

  private static String kind(UnknownFieldSet message, int field) {
    return switch ((int) varint(message, field)) {
      case 1 -> "counter";
      case 2 -> "gauge";
      case 3 -> "histogram";
      case 5 -> "summary";
      default -> "unknown";
    };
  }

  private static UnknownFieldSet parse(byte[] message) {
    try {
      return UnknownFieldSet.parseFrom(message);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<UnknownFieldSet> messages(UnknownFieldSet message, int field) {
    List<UnknownFieldSet> messages = new ArrayList<>();
    for (ByteString bytes : message.getField(field).getLengthDelimitedList()) {
      messages.add(parse(bytes.toByteArray()));
    }
    return messages;
  }

  private static String text(UnknownFieldSet message, int field) {
    List<ByteString> values = message.getField(field).getLengthDelimitedList();
    return values.isEmpty() ? "" : values.getLast().toStringUtf8();
  }

  private static long varint(UnknownFieldSet message, int field) {
    Field values = message.getField(field);
    return values.getVarintList().isEmpty() ? 0 : values.getVarintList().getLast();
  }

  private static List<Long> packed(UnknownFieldSet message, int field) {
    List<Long> values = new ArrayList<>();
    for (ByteString block : message.getField(field).getLengthDelimitedList()) {
      CodedInputStream in = block.newCodedInput();
      try {
        while (!in.isAtEnd()) {
          values.add(in.readRawVarint64());
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return values;
  }

  private static long zigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }
}
