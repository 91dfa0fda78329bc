package dev.sluice.exporters.prometheus;

import dev.sluice.exporters.http.SnappyWriter;
import dev.sluice.otlp.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of series and samples that a request had before, as copies. Most of a request
 * are labels: the series of one data point, which follow each other, differ in the name and in
 * {@code le}; neighbouring points share those of the scope and the resource. Series of the same
 * size and time even have their headers in common, so that three copies and a value make a bucket.
 * Hot path, measured by {@code RemoteWriteBenchmark}. Used by one thread.
 */
final class RepeatedFields {
  /** The tag of a sample, its size and the tag of its value. */
  private static final int SAMPLE_HEADER_BYTES = 3;

  private final SnappyWriter out;
  private @Nullable LabelSet last;

  /** Where the labels of {@link #last} were written last: up to the member, and after it. */
  private long headAt;

  private int headSize;
  private long tailAt;
  private int tailSize;

  /** Where the tag and the size of a series were written last, and what size that was. */
  private long seriesAt;

  private int seriesSize;

  /** Where the header of a sample was written last, and its timestamp. */
  private long sampleAt;

  private int sampleSize;
  private long timeAt;
  private long time;

  RepeatedFields(SnappyWriter out) {
    this.out = out;
  }

  /** Begins a new request. */
  void reset() {
    last = null;
  }

  /** Writes the header of a series of {@code size} bytes. */
  void beginSeries(int size) {
    long at = out.position();
    if (size == seriesSize && out.joins(seriesAt)) {
      out.copy(seriesAt, 1 + WireWriter.varintSize(size));
    } else {
      out.begin(RemoteWrite.V1_REQUEST_SERIES, size);
    }
    seriesAt = at;
    seriesSize = size;
  }

  /** Writes a sample of {@code size} bytes. */
  void writeSample(long valueBits, long millis, int size) {
    long at = out.position();
    if (size == sampleSize && out.joins(sampleAt)) {
      out.copy(sampleAt, SAMPLE_HEADER_BYTES);
      out.rawFixed64(valueBits);
    } else {
      out.begin(RemoteWrite.V1_SERIES_SAMPLES, size);
      out.fixed64(RemoteWrite.SAMPLE_VALUE, valueBits);
    }
    sampleAt = at;
    sampleSize = size;
    at = out.position();
    if (millis == time && out.reaches(timeAt, 0)) {
      out.copy(timeAt, size - 1 - Long.BYTES);
    } else {
      out.varint(RemoteWrite.SAMPLE_TIMESTAMP, millis);
    }
    timeAt = at;
    time = millis;
  }

  /** Writes the labels of a series, which take {@code labelBytes}. */
  @SuppressWarnings("ReferenceEquality") // series of one data point have the very same set
  void writeLabels(Series series, int labelBytes) {
    LabelSet set = series.labels;
    if (set == last && out.reaches(headAt, labelBytes)) {
      repeat(series);
    } else if (set.nameAt == 0) {
      last = set;
      writeFirst(series);
    } else {
      last = null;
      for (int i = 0; i < series.size(); i++) {
        series.label(i).write(out);
      }
    }
  }

  private void writeFirst(Series series) {
    LabelSet set = series.labels;
    series.name.write(out);
    headAt = out.position();
    writeAll(set, 0, set.memberAt);
    headSize = (int) (out.position() - headAt);
    if (series.member != null) {
      series.member.write(out);
    }
    tailAt = out.position();
    writeAll(set, set.memberAt, set.size());
    tailSize = (int) (out.position() - tailAt);
  }

  private void repeat(Series series) {
    series.name.write(out);
    headAt = repeat(headAt, headSize);
    if (series.member != null) {
      series.member.write(out);
    }
    tailAt = repeat(tailAt, tailSize);
  }

  private long repeat(long from, int size) {
    long at = out.position();
    if (size > 0) {
      out.copy(from, size);
    }
    return at;
  }

  private void writeAll(LabelSet set, int from, int to) {
    for (int i = from; i < to; i++) {
      set.label(i).write(out);
    }
  }
}
