package dev.sluice.journal;

import dev.sluice.pipeline.Journal.Place;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * One segment, read to its end.
 *
 * @param end after the last record that is whole
 * @param goodBytes where in the file that is
 * @param isDamaged whether there is damage before that
 */
record Scan(Place end, long goodBytes, long newestEpochNanos, long records, boolean isDamaged) {
  /**
   * Reads a segment.
   *
   * @param size of it that is read
   * @param to the sequence at which it is superseded
   * @param losses gets what is missing between its records
   */
  static Scan of(
      DiskFile file, Path path, SegmentHeader header, long size, long to, Losses losses) {
    long whole = size & -RecordHeader.ALIGNMENT;
    Segment segment = new Segment(path, header, whole, header.createdEpochNanos());
    ByteBuffer buffer = ByteBuffer.allocateDirect(RecordScanner.BUFFER_BYTES);
    RecordScanner scanner = new RecordScanner(file, segment, buffer);
    Scan scan =
        new Scan(
            header.base(),
            Math.min(size, SegmentHeader.BYTES),
            header.createdEpochNanos(),
            0,
            false);
    while (scanner.next(header.base().sequence(), to)) {
      RecordHeader record = scanner.header();
      if (scanner.payload() != null) {
        boolean gap = record.place().sequence() != scan.end.sequence();
        losses.add(scan.end, record.place());
        scan =
            new Scan(
                record.next(),
                scanner.position(),
                record.acceptedEpochNanos(),
                scan.records + 1,
                scan.isDamaged || gap);
      }
    }
    return scan;
  }
}
