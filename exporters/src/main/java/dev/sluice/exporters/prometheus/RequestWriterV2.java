package dev.sluice.exporters.prometheus;

import dev.sluice.exporters.http.Body;
import dev.sluice.exporters.http.Compression;
import dev.sluice.exporters.http.Compressor;
import dev.sluice.otlp.WireReader;
import dev.sluice.otlp.WireWriter;
import java.util.List;

/**
 * Writes {@code io.prometheus.write.v2.Request}. Hot path. Used by one thread.
 *
 * <p>Symbols of labels and metadata are written once a request; those of exemplars, which seldom
 * repeat, each time.
 */
final class RequestWriterV2 implements RequestWriter {
  private static final int REFERENCE_BYTES = 5;

  private final SampleStore store;
  private final WireWriter out = new WireWriter(1 << 14);
  private final WireWriter symbols = new WireWriter(1 << 12);
  private final WireReader labels = new WireReader();
  private final WireReader label = new WireReader();

  /** Never closed: Snappy has no context outside the heap. */
  private final Compressor compressor = new Compressor(Compression.SNAPPY, -1);

  /**
   * Counts references through all requests, so that those of older ones are below {@link #base}.
   */
  private long base;

  private int references;
  private int samples;
  private int histograms;
  private int exemplars;

  RequestWriterV2(SampleStore store) {
    this.store = store;
  }

  @Override
  public int write(int[] order, int from, int to, int bytesMax) {
    begin();
    int at = from;
    while (at < to) {
      Series series = store.series(order[at]);
      int needed = cost(series, store.metadata(series.tail)) + RequestWriter.cost(store, order[at]);
      if (at > from && size() + needed > bytesMax) {
        break;
      }
      at = writeSeries(series, order, at, to, bytesMax);
    }
    return at;
  }

  @Override
  public Body body() {
    return compressor.compress(
        new Body(
            List.of(
                new Body.Piece(symbols.array(), 0, symbols.size()),
                new Body.Piece(out.array(), 0, out.size())),
            size()));
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

  @Override
  public int size() {
    return out.size() + symbols.size();
  }

  private static int cost(Series series, Metadata metadata) {
    int references = 2 * REFERENCE_BYTES * series.size();
    return series.labelBytes() + references + metadataCost(metadata);
  }

  private static int metadataCost(Metadata metadata) {
    return metadata.help().key.length + metadata.unit().key.length + MESSAGE_BYTES;
  }

  private void begin() {
    out.reset();
    symbols.reset();
    base += references;
    references = 0;
    samples = 0;
    histograms = 0;
    exemplars = 0;
    // The specification wants the empty string first.
    symbols.bytes(RemoteWrite.V2_REQUEST_SYMBOLS, symbols.array(), 0, 0);
    references++;
  }

  /** Writes samples of a series that are all floats or all histograms. */
  @SuppressWarnings("ReferenceEquality") // in a batch a label set has one series
  private int writeSeries(Series series, int[] order, int from, int to, int bytesMax) {
    int mark = out.begin(RemoteWrite.V2_REQUEST_SERIES);
    int refs = out.begin(RemoteWrite.V2_SERIES_LABELS_REFS);
    int labelCount = series.size();
    for (int i = 0; i < labelCount; i++) {
      Label own = series.label(i);
      out.rawVarint(reference(own.name()));
      out.rawVarint(reference(own.value()));
    }
    out.end(refs);
    boolean histogram = store.isHistogram(order[from]);
    Metadata metadata = store.metadata(series.tail); // what was last said of the series' metric
    int pending = metadataCost(metadata);
    int at = from;
    while (at < to
        && store.series(order[at]) == series
        && store.isHistogram(order[at]) == histogram) {
      int sample = order[at];
      if (at > from && size() + pending + RequestWriter.cost(store, sample) > bytesMax) {
        break;
      }
      writeSample(sample);
      pending += RequestWriter.exemplarCost(store, sample);
      at++;
    }
    for (int i = from; i < at; i++) {
      writeExemplars(order[i]);
    }
    writeMetadata(metadata);
    out.end(mark);
    return at;
  }

  private void writeSample(int sample) {
    long startMillis = store.startMillis(sample);
    if (store.isHistogram(sample)) {
      int mark = out.begin(RemoteWrite.V2_SERIES_HISTOGRAMS);
      out.raw(store.payload().array(), store.payloadOffset(sample), store.payloadLength(sample));
      out.varint(RemoteWrite.HISTOGRAM_TIMESTAMP, store.millis(sample));
      writeStart(RemoteWrite.HISTOGRAM_START_TIMESTAMP, startMillis);
      out.end(mark);
      histograms++;
      return;
    }
    int mark = out.begin(RemoteWrite.V2_SERIES_SAMPLES);
    out.fixed64(RemoteWrite.SAMPLE_VALUE, store.valueBits(sample));
    out.varint(RemoteWrite.SAMPLE_TIMESTAMP, store.millis(sample));
    writeStart(RemoteWrite.SAMPLE_START_TIMESTAMP, startMillis);
    out.end(mark);
    samples++;
  }

  private void writeStart(int field, long startMillis) {
    if (startMillis != 0) {
      out.varint(field, startMillis);
    }
  }

  private void writeExemplars(int sample) {
    Exemplars all = store.exemplars();
    for (int i = all.first(sample); i >= 0; i = all.next(i)) {
      int mark = out.begin(RemoteWrite.V2_SERIES_EXEMPLARS);
      int refs = out.begin(RemoteWrite.EXEMPLAR_LABELS);
      labels.reset(store.payload().array(), all.labelsOffset(i), all.labelsLength(i));
      while (labels.next()) {
        writeLabel();
      }
      out.end(refs);
      out.fixed64(RemoteWrite.EXEMPLAR_VALUE, all.valueBits(i));
      out.varint(RemoteWrite.EXEMPLAR_TIMESTAMP, all.millis(i));
      out.end(mark);
      exemplars++;
    }
  }

  private void writeLabel() {
    labels.enter(label);
    while (label.next()) {
      int length = label.length();
      symbols.bytes(
          RemoteWrite.V2_REQUEST_SYMBOLS, label.array(), label.position() - length, length);
      out.rawVarint(references++);
    }
  }

  private void writeMetadata(Metadata metadata) {
    int help = reference(metadata.help());
    int unit = reference(metadata.unit());
    int mark = out.begin(RemoteWrite.V2_SERIES_METADATA);
    out.varint(RemoteWrite.V2_METADATA_TYPE, metadata.kind().code());
    out.varint(RemoteWrite.V2_METADATA_HELP_REF, help);
    out.varint(RemoteWrite.V2_METADATA_UNIT_REF, unit);
    out.end(mark);
  }

  private int reference(Symbol symbol) {
    if (symbol.key.length == 0) {
      return 0;
    }
    if (symbol.reference < base) {
      symbol.reference = base + references++;
      symbols.bytes(RemoteWrite.V2_REQUEST_SYMBOLS, symbol.key, 0, symbol.key.length);
    }
    return (int) (symbol.reference - base);
  }
}
