package dev.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.fuzz.Input;
import dev.sluice.fuzz.TimeLimit;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Journal.Entry;
import dev.sluice.pipeline.Journal.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Fuzzes the reading of a segment: records as they are written, then damaged as the input says. No
 * exception; what is read is what was written, in its order; a record that nobody touched is read.
 * And any bytes are read as a segment. "Reliability test 35", and 3 to 5.
 */
class JournalFuzzTest {
  private static final long SALT = 0x5a17_0000_0000_5a17L;
  private static final Path PATH = Path.of("fuzz.segment");
  private static final Place BASE = new Place(7, 70);
  private static final SegmentHeader HEADER =
      new SegmentHeader(new UUID(1, 2), BASE, BASE.sequence(), 3, SALT);
  private static final int RECORDS_MAX = 12;
  private static final int EDITS_MAX = 8;

  /** A record as it was written, and where. */
  private record Written(Telemetry telemetry, Place place, int start, int end) {
    boolean isTouched(byte[] before, byte[] after) {
      return end > after.length || !Arrays.equals(before, start, end, after, start, end);
    }
  }

  @FuzzTest
  void segment(byte[] bytes) {
    TimeLimit.hold(
        bytes,
        each -> {
          Input input = new Input(each);
          if (input.nextBoolean()) {
            any(input.rest());
          } else {
            damaged(input);
          }
        });
  }

  private static void any(byte[] file) {
    ByteBuffer head = ByteBuffer.wrap(Arrays.copyOf(file, SegmentHeader.BYTES));
    SegmentHeader header;
    try {
      header = SegmentHeader.of(head);
    } catch (IOException e) {
      header = null; // Of a newer format, which is said.
    }
    SegmentHeader used = header == null ? HEADER : header;
    List<Entry> read = read(file, used);
    Scan scan = scan(file, used);
    assertEquals(read.size(), scan.records());
    assertTrue(scan.goodBytes() <= file.length, "good beyond its end");
  }

  private static void damaged(Input input) {
    List<Written> written = new ArrayList<>();
    byte[] whole = whole(input, written);
    byte[] file = edited(whole, input);
    List<Entry> read = read(file, HEADER);
    Scan scan = scan(file, HEADER);
    assertEquals(read.size(), scan.records());
    int next = 0;
    for (Written record : written) {
      boolean found = next < read.size() && read.get(next).place().equals(record.place);
      assertTrue(found || record.isTouched(whole, file), () -> "lost " + record.place);
      if (found) {
        Telemetry telemetry = read.get(next++).telemetry();
        assertArrayEquals(record.telemetry.bytes(), telemetry.bytes());
        assertEquals(record.telemetry.items(), telemetry.items());
        assertEquals(record.telemetry.signal(), telemetry.signal());
      }
    }
    assertEquals(read.size(), next, "read what was never written");
    assertLosses(written, read);
  }

  /** As recovery reads it. */
  private static Scan scan(byte[] file, SegmentHeader header) {
    return Scan.of(new BytesFile(file), PATH, header, file.length, Long.MAX_VALUE, new Losses());
  }

  /** As a reader reads it. */
  private static List<Entry> read(byte[] file, SegmentHeader header) {
    long whole = file.length & -RecordHeader.ALIGNMENT;
    Segment segment = new Segment(PATH, header, whole, header.createdEpochNanos());
    RecordScanner scanner =
        new RecordScanner(
            new BytesFile(file), segment, ByteBuffer.allocateDirect(RecordScanner.BUFFER_BYTES));
    List<Entry> read = new ArrayList<>();
    while (scanner.next(header.base().sequence(), Long.MAX_VALUE)) {
      RecordHeader record = scanner.header();
      byte[] payload = scanner.payload();
      if (payload != null) {
        Telemetry telemetry = new Telemetry(record.signal(), payload, record.items());
        read.add(new Entry(telemetry, record.place(), record.acceptedEpochNanos()));
      }
    }
    return read;
  }

  /** What is missing before the last record that was read is counted in items, exactly. */
  private static void assertLosses(List<Written> written, List<Entry> read) {
    if (read.isEmpty()) {
      return;
    }
    Place end = read.getLast().next();
    long items = read.stream().mapToLong(entry -> entry.telemetry().items()).sum();
    long before = 0;
    for (Written record : written) {
      before += record.place.sequence() < end.sequence() ? record.telemetry.items() : 0;
    }
    assertEquals(before - items, end.items() - BASE.items() - items, "the items that are missing");
  }

  private static byte[] whole(Input input, List<Written> written) {
    ByteBuffer out = ByteBuffer.allocate(16 << 10);
    out.put(HEADER.toBytes());
    Place place = BASE;
    for (int i = input.nextInt(RECORDS_MAX); i >= 0; i--) {
      byte[] payload = new byte[input.nextInt(300)];
      Arrays.fill(payload, (byte) input.nextInt(256));
      Signal signal = input.signal();
      Telemetry telemetry = new Telemetry(signal, payload, 1 + input.nextInt(100));
      int start = out.position();
      RecordHeader.put(out, telemetry, place, 5, SALT, start);
      out.put(payload);
      out.position(start + (int) RecordHeader.recordBytes(payload.length));
      written.add(new Written(telemetry, place, start, out.position()));
      place = new Place(place.sequence() + 1, place.items() + telemetry.items());
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  /** The file after some damage; a copy of a part of it over another is among it. */
  private static byte[] edited(byte[] whole, Input input) {
    byte[] file = whole.clone();
    for (int i = input.nextInt(EDITS_MAX); i > 0; i--) {
      int at = SegmentHeader.BYTES + input.nextInt(1 << 14) % (file.length - SegmentHeader.BYTES);
      int length = Math.min(1 + input.nextInt(600), file.length - at);
      switch (input.nextInt(4)) {
        case 0 -> file[at] ^= (byte) (1 << input.nextInt(8));
        case 1 -> Arrays.fill(file, at, at + length, (byte) input.nextInt(2));
        case 2 -> {
          int from = input.nextInt(1 << 14) % file.length;
          System.arraycopy(file, from, file, at, Math.min(length, file.length - from));
        }
        default -> file = Arrays.copyOf(file, Math.max(at, SegmentHeader.BYTES + 1));
      }
    }
    return file;
  }
}
