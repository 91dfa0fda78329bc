package dev.sluice.journal;

import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Journal.Entry;
import dev.sluice.pipeline.Journal.Place;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * One segment, read to its end.
 *
 * @param end after the last record that is whole
 * @param goodBytes where in the file that is
 * @param isDamaged whether there is damage before that
 */
record Scan(
    Place end, long goodBytes, long newestEpochNanos, long records, long items, boolean isDamaged) {
  /** Reads a segment whose records are of no interest. */
  static Scan of(
      DiskFile file, Path path, SegmentHeader header, long size, long to, Losses losses) {
    return of(file, path, header, size, to, losses, entry -> {});
  }

  /**
   * Reads a segment.
   *
   * @param size of it that is read
   * @param to the sequence at which it is superseded
   * @param losses gets what is missing between its records
   * @param entries gets the whole ones
   */
  static Scan of(
      DiskFile file,
      Path path,
      SegmentHeader header,
      long size,
      long to,
      Losses losses,
      Consumer<Entry> entries) {
    long whole = size & -RecordHeader.ALIGNMENT;
    Segment segment = new Segment(path, header, whole, header.createdEpochNanos());
    ByteBuffer buffer = ByteBuffer.allocateDirect(RecordScanner.BUFFER_BYTES);
    RecordScanner scanner = new RecordScanner(file, segment, buffer);
    long start = Math.min(size, SegmentHeader.BYTES);
    Scan scan = new Scan(header.base(), start, header.createdEpochNanos(), 0, 0, false);
    while (scanner.next(header.base().sequence(), to)) {
      RecordHeader record = scanner.header();
      byte[] payload = scanner.payload();
      if (payload != null) {
        losses.add(scan.end, record.place());
        scan = scan.with(record, scanner.position());
        Telemetry telemetry = new Telemetry(record.signal(), payload, record.items());
        entries.accept(new Entry(telemetry, record.place(), record.acceptedEpochNanos()));
      }
    }
    return scan;
  }

  private Scan with(RecordHeader record, long position) {
    return new Scan(
        record.next(),
        position,
        record.acceptedEpochNanos(),
        records + 1,
        items + record.items(),
        isDamaged || record.place().sequence() != end.sequence());
  }
}
