package dev.sluice.exporters.prometheus;

import dev.sluice.exporters.http.Body;
import dev.sluice.otlp.WireWriter;

/** Writes {@code prometheus.WriteRequest}. Hot path. Used by one thread. */
final class RequestWriterV1 implements RequestWriter {
  private final SampleStore store;
  private final WireWriter out = new WireWriter(1 << 14);
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
      int needed = series.key.length + SAMPLE_BYTES + RequestWriter.cost(store, order[at]);
      if (at > from && out.size() + needed > bytesMax) {
        break;
      }
      at = writeSeries(series, order, at, to, bytesMax);
    }
    return at;
  }

  /** Writes metadata from the metric {@code from} on, and returns the end of what was written. */
  int writeMetadata(MetricList metrics, int from, int bytesMax) {
    begin();
    int at = from;
    for (; at < metrics.size() && (at == from || out.size() < bytesMax); at++) {
      Metadata metadata = metrics.metadata(at);
      int mark = out.begin(RemoteWrite.V1_REQUEST_METADATA);
      out.varint(RemoteWrite.V1_METADATA_TYPE, metadata.kind().code());
      write(RemoteWrite.V1_METADATA_FAMILY, metadata.family());
      write(RemoteWrite.V1_METADATA_HELP, metadata.help());
      write(RemoteWrite.V1_METADATA_UNIT, metadata.unit());
      out.end(mark);
    }
    return at;
  }

  @Override
  public Body body() {
    return Body.of(out.array(), 0, out.size());
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
    samples = 0;
    histograms = 0;
    exemplars = 0;
  }

  private int writeSeries(Series series, int[] order, int from, int to, int bytesMax) {
    int mark = out.begin(RemoteWrite.V1_REQUEST_SERIES);
    out.raw(series.key, 0, series.key.length);
    int pending = 0;
    int at = from;
    while (at < to && store.series(order[at]).equals(series)) {
      int sample = order[at];
      if (at > from && out.size() + pending + RequestWriter.cost(store, sample) > bytesMax) {
        break;
      }
      writeSample(sample);
      pending += RequestWriter.exemplarCost(store, sample);
      at++;
    }
    for (int i = from; i < at; i++) {
      writeExemplars(order[i]);
    }
    out.end(mark);
    return at;
  }

  private void writeSample(int sample) {
    if (store.isHistogram(sample)) {
      int mark = out.begin(RemoteWrite.V1_SERIES_HISTOGRAMS);
      out.raw(store.payload().array(), store.payloadOffset(sample), store.payloadLength(sample));
      out.varint(RemoteWrite.HISTOGRAM_TIMESTAMP, store.millis(sample));
      out.end(mark);
      histograms++;
      return;
    }
    int mark = out.begin(RemoteWrite.V1_SERIES_SAMPLES);
    out.fixed64(RemoteWrite.SAMPLE_VALUE, store.valueBits(sample));
    out.varint(RemoteWrite.SAMPLE_TIMESTAMP, store.millis(sample));
    out.end(mark);
    samples++;
  }

  private void writeExemplars(int sample) {
    Exemplars all = store.exemplars();
    for (int i = all.first(sample); i >= 0; i = all.next(i)) {
      int mark = out.begin(RemoteWrite.V1_SERIES_EXEMPLARS);
      out.raw(store.payload().array(), all.labelsOffset(i), all.labelsLength(i));
      out.fixed64(RemoteWrite.EXEMPLAR_VALUE, all.valueBits(i));
      out.varint(RemoteWrite.EXEMPLAR_TIMESTAMP, all.millis(i));
      out.end(mark);
      exemplars++;
    }
  }

  private void write(int field, Symbol symbol) {
    out.bytes(field, symbol.key, 0, symbol.key.length);
  }
}
