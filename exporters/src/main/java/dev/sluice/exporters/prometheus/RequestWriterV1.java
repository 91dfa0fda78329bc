package dev.sluice.exporters.prometheus;

import dev.sluice.exporters.http.Body;
import dev.sluice.exporters.http.SnappyWriter;
import dev.sluice.otlp.WireWriter;

/**
 * Writes {@code prometheus.WriteRequest}, compressed as it is written: what stood in the request
 * before is left to {@link RepeatedFields}. Hot path, measured by {@code RemoteWriteBenchmark}.
 * Used by one thread.
 */
final class RequestWriterV1 implements RequestWriter {
  /** The tag and the size of a series take no more. */
  private static final int HEADER_BYTES = 6;

  private final SampleStore store;
  private final SnappyWriter out = new SnappyWriter(1 << 14);
  private final RepeatedFields repeats = new RepeatedFields(out);
  private int content;
  private int samples;
  private int histograms;
  private int exemplars;

  RequestWriterV1(SampleStore store) {
    this.store = store;
  }

  @Override
  public int write(int[] order, int from, int to, int bytesMax) {
    begin();
    int at = from;
    while (at < to) {
      Series series = store.series(order[at]);
      int labelBytes = series.labelBytes();
      int needed = labelBytes + SAMPLE_BYTES + RequestWriter.cost(store, order[at]);
      if (at > from && out.size() + needed > bytesMax) {
        break;
      }
      int end = end(labelBytes, order, at, to, bytesMax);
      repeats.beginSeries(content);
      repeats.writeLabels(series, labelBytes);
      writeSeries(order, at, end);
      at = end;
    }
    out.end();
    return at;
  }

  /** Writes metadata from the metric {@code from} on, and returns the end of what was written. */
  int writeMetadata(MetricList metrics, int from, int bytesMax) {
    begin();
    int at = from;
    for (; at < metrics.size() && (at == from || out.size() < bytesMax); at++) {
      write(metrics.metadata(at));
    }
    out.end();
    return at;
  }

  @Override
  public Body body() {
    return out.body();
  }

  @Override
  public int size() {
    return out.size();
  }

  @Override
  public int samples() {
    return samples;
  }

  @Override
  public int histograms() {
    return histograms;
  }

  @Override
  public int exemplars() {
    return exemplars;
  }

  private void begin() {
    out.reset();
    repeats.reset();
    samples = 0;
    histograms = 0;
    exemplars = 0;
  }

  /** How far the samples of a series go that have room; {@link #content} is its size then. */
  @SuppressWarnings("ReferenceEquality") // in a batch a label set has one series
  private int end(int labelBytes, int[] order, int from, int to, int bytesMax) {
    Series series = store.series(order[from]);
    content = labelBytes + bytes(order[from]);
    int at = from + 1;
    for (; at < to && store.series(order[at]) == series; at++) {
      int needed = HEADER_BYTES + content + RequestWriter.cost(store, order[at]);
      if (out.size() + needed > bytesMax) {
        break;
      }
      content += bytes(order[at]);
    }
    return at;
  }

  private void writeSeries(int[] order, int from, int end) {
    for (int i = from; i < end; i++) {
      writeSample(order[i]);
    }
    for (int i = from; i < end; i++) {
      writeExemplars(order[i]);
    }
  }

  /** The bytes of a sample and of its exemplars, as fields of the series. */
  private int bytes(int sample) {
    return field(sampleBytes(sample)) + exemplarBytes(sample);
  }

  private int sampleBytes(int sample) {
    int time = 1 + WireWriter.varintSize(store.millis(sample));
    return time + (store.isHistogram(sample) ? store.payloadLength(sample) : 1 + Long.BYTES);
  }

  private int exemplarBytes(int sample) {
    Exemplars all = store.exemplars();
    int bytes = 0;
    for (int i = all.first(sample); i >= 0; i = all.next(i)) {
      bytes += field(bytes(all, i));
    }
    return bytes;
  }

  private static int bytes(Exemplars all, int i) {
    return all.labelsLength(i) + 2 + Long.BYTES + WireWriter.varintSize(all.millis(i));
  }

  /** The bytes of a field with a number below 16 that holds {@code bytes}. */
  private static int field(int bytes) {
    return 1 + WireWriter.varintSize(bytes) + bytes;
  }

  private void writeSample(int sample) {
    if (store.isHistogram(sample)) {
      out.begin(RemoteWrite.V1_SERIES_HISTOGRAMS, sampleBytes(sample));
      out.raw(store.payload().array(), store.payloadOffset(sample), store.payloadLength(sample));
      out.varint(RemoteWrite.HISTOGRAM_TIMESTAMP, store.millis(sample));
      histograms++;
      return;
    }
    repeats.writeSample(store.valueBits(sample), store.millis(sample), sampleBytes(sample));
    samples++;
  }

  private void writeExemplars(int sample) {
    Exemplars all = store.exemplars();
    for (int i = all.first(sample); i >= 0; i = all.next(i)) {
      out.begin(RemoteWrite.V1_SERIES_EXEMPLARS, bytes(all, i));
      out.raw(store.payload().array(), all.labelsOffset(i), all.labelsLength(i));
      out.fixed64(RemoteWrite.EXEMPLAR_VALUE, all.valueBits(i));
      out.varint(RemoteWrite.EXEMPLAR_TIMESTAMP, all.millis(i));
      exemplars++;
    }
  }

  private void write(Metadata metadata) {
    int kind = metadata.kind().code();
    byte[] family = metadata.family().key;
    byte[] help = metadata.help().key;
    byte[] unit = metadata.unit().key;
    int texts = field(family.length) + field(help.length) + field(unit.length);
    out.begin(RemoteWrite.V1_REQUEST_METADATA, 1 + WireWriter.varintSize(kind) + texts);
    out.varint(RemoteWrite.V1_METADATA_TYPE, kind);
    out.bytes(RemoteWrite.V1_METADATA_FAMILY, family);
    out.bytes(RemoteWrite.V1_METADATA_HELP, help);
    out.bytes(RemoteWrite.V1_METADATA_UNIT, unit);
  }
}
