package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import dev.sluice.otlp.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * Turns exemplars into those of remote write: trace and span id in hexadecimal, and the other
 * attributes when all together have no more than 128 characters, as OpenMetrics demands. Allocates
 * only for exemplars that have attributes. Used by one thread.
 */
final class ExemplarReader {
  private static final int CHARACTERS_MAX = 128;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final String TRACE_ID = "trace_id";
  private static final String SPAN_ID = "span_id";
  private static final byte[] TRACE_ID_UTF8 = TRACE_ID.getBytes(StandardCharsets.UTF_8);
  private static final byte[] SPAN_ID_UTF8 = SPAN_ID.getBytes(StandardCharsets.UTF_8);
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);

  private final SampleStore store;
  private final WireReader reader = new WireReader();
  private final Slice traceId = new Slice();
  private final Slice spanId = new Slice();
  private final List<LabelSets.Attribute> attributes = new ArrayList<>();
  private long timeNanos;
  private double value;

  ExemplarReader(SampleStore store) {
    this.store = store;
  }

  /** Adds a point's exemplars to its only sample. */
  void addAll(PointFields fields, int sample) {
    for (int i = 0; i < fields.exemplarCount(); i++) {
      read(fields.exemplar(i, reader));
      add(sample);
    }
  }

  /**
   * Adds a point's exemplars to the buckets that they fall into.
   *
   * @param bounds upper bounds of the buckets but for the last, which has none
   * @param first the sample of the first bucket; the others follow it
   */
  void addByBound(PointFields fields, double[] bounds, int first) {
    for (int i = 0; i < fields.exemplarCount(); i++) {
      read(fields.exemplar(i, reader));
      int bucket = 0;
      while (bucket < bounds.length && !(value <= bounds[bucket])) {
        bucket++;
      }
      add(first + bucket);
    }
  }

  private void read(WireReader exemplar) {
    traceId.clear();
    spanId.clear();
    attributes.clear();
    timeNanos = 0;
    value = 0;
    while (exemplar.next()) {
      switch (exemplar.field()) {
        case Otlp.Exemplar.TIME_UNIX_NANO -> timeNanos = exemplar.fixed64();
        case Otlp.Exemplar.AS_DOUBLE -> value = exemplar.float64();
        case Otlp.Exemplar.AS_INT -> value = (double) exemplar.fixed64();
        case Otlp.Exemplar.TRACE_ID -> traceId.replace(exemplar);
        case Otlp.Exemplar.SPAN_ID -> spanId.replace(exemplar);
        case Otlp.Exemplar.FILTERED_ATTRIBUTES -> attributes.add(LabelSets.attribute(exemplar));
        default -> exemplar.skip();
      }
    }
  }

  private void add(int sample) {
    WireWriter out = store.payload();
    int offset = out.size();
    if (attributes.isEmpty() || !fits()) {
      writeId(out, SPAN_ID_UTF8, spanId);
      writeId(out, TRACE_ID_UTF8, traceId);
    } else {
      writeSorted(out);
    }
    long bits = Double.doubleToRawLongBits(value);
    store.exemplars().add(sample, timeNanos / NANOS_PER_MILLI, bits, offset, out.size() - offset);
  }

  private boolean fits() {
    int characters = characters(TRACE_ID, traceId) + characters(SPAN_ID, spanId);
    for (LabelSets.Attribute attribute : attributes) {
      characters += attribute.key().codePointCount(0, attribute.key().length());
      characters += attribute.value().codePointCount(0, attribute.value().length());
    }
    return characters <= CHARACTERS_MAX;
  }

  private static int characters(String name, Slice id) {
    return isSet(id) ? name.length() + 2 * id.length() : 0;
  }

  private static boolean isSet(Slice id) {
    for (int i = 0; i < id.length(); i++) {
      if (id.array()[id.offset() + i] != 0) {
        return true;
      }
    }
    return false;
  }

  private void writeSorted(WireWriter out) {
    if (isSet(traceId)) {
      attributes.add(new LabelSets.Attribute(TRACE_ID, hex(traceId)));
    }
    if (isSet(spanId)) {
      attributes.add(new LabelSets.Attribute(SPAN_ID, hex(spanId)));
    }
    attributes.sort(Comparator.comparing(LabelSets.Attribute::key, AttributeText::compareUtf8));
    for (LabelSets.Attribute attribute : attributes) {
      int mark = out.begin(RemoteWrite.EXEMPLAR_LABELS);
      out.string(RemoteWrite.LABEL_NAME, attribute.key());
      out.string(RemoteWrite.LABEL_VALUE, attribute.value());
      out.end(mark);
    }
  }

  private static void writeId(WireWriter out, byte[] name, Slice id) {
    if (!isSet(id)) {
      return;
    }
    int mark = out.begin(RemoteWrite.EXEMPLAR_LABELS);
    out.bytes(RemoteWrite.LABEL_NAME, name, 0, name.length);
    int value = out.begin(RemoteWrite.LABEL_VALUE);
    for (int i = 0; i < id.length(); i++) {
      byte octet = id.array()[id.offset() + i];
      out.rawByte(HEX[(octet >> 4) & 0xf]);
      out.rawByte(HEX[octet & 0xf]);
    }
    out.end(value);
    out.end(mark);
  }

  private static String hex(Slice id) {
    return HexFormat.of().formatHex(id.array(), id.offset(), id.offset() + id.length());
  }
}
