package dev.sluice.journal;

import dev.sluice.pipeline.Journal.Pending;
import dev.sluice.pipeline.Journal.Place;
import dev.sluice.pipeline.Journal.Range;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How far an exporter has come, as lines of text with a checksum in the last one. Written anew each
 * time, and renamed into place.
 *
 * @param journal to which the places belong
 */
record CursorFile(UUID journal, String exporterId, Pending pending) {
  /** Ranges beyond this are written as one: what lies between them may then come twice. */
  static final int RANGES_MAX = 10_000;

  /** Filled up with empty lines to a multiple of this, it can be overwritten on a full disk. */
  private static final int BLOCK_BYTES = 4096;

  private static final int BYTES_MAX = 1 << 20;
  private static final String FIRST_LINE = "sluice-cursor 1";

  /** Writes it. {@code force}: it is on the medium before it takes the old one's place. */
  void write(Disk disk, Path folder, boolean force) throws IOException {
    Path path = folder.resolve(FileNames.cursor(exporterId));
    Path temporary = folder.resolve(path.getFileName() + FileNames.TEMPORARY);
    try (DiskFile file = disk.create(temporary)) {
      file.write(ByteBuffer.wrap(text().getBytes(StandardCharsets.UTF_8)), 0);
      if (force) {
        file.force();
      }
    }
    disk.rename(temporary, path);
  }

  /**
   * Writes it in place of the old one's bytes, and forces it. A crash in the midst of it leaves no
   * cursor: then everything comes again, and nothing is lost.
   */
  void overwrite(Disk disk, Path folder) throws IOException {
    try (DiskFile file = disk.open(folder.resolve(FileNames.cursor(exporterId)))) {
      byte[] text = text().getBytes(StandardCharsets.UTF_8);
      file.write(ByteBuffer.wrap(text), 0);
      file.truncate(text.length);
      file.force();
    }
  }

  /** Reads a cursor; null when the file is no whole one. */
  static @Nullable CursorFile read(Disk disk, Path path) throws IOException {
    try (DiskFile file = disk.openToRead(path)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(BYTES_MAX, file.size()));
      while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {
        // until all of it is read
      }
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
      return parse(text.stripTrailing());
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder(FIRST_LINE);
    text.append("\njournal ").append(journal);
    text.append("\nexporter ").append(exporterId);
    append(text.append("\nend"), pending.end());
    for (Range range : bounded(pending.ranges())) {
      append(text.append("\npending"), range.from());
      append(text, range.to());
    }
    text.append('\n');
    String crc = crc(text.toString());
    text.append("crc ").append(crc).append('\n');
    int blocks = (text.length() + BLOCK_BYTES - 1) / BLOCK_BYTES;
    return text.repeat('\n', blocks * BLOCK_BYTES - text.length()).toString();
  }

  private static void append(StringBuilder text, Place place) {
    text.append(' ').append(place.sequence()).append(' ').append(place.items());
  }

  private static List<Range> bounded(List<Range> ranges) {
    if (ranges.size() <= RANGES_MAX) {
      return ranges;
    }
    List<Range> bounded = new ArrayList<>(ranges.subList(0, RANGES_MAX - 1));
    bounded.add(new Range(ranges.get(RANGES_MAX - 1).from(), ranges.getLast().to()));
    return bounded;
  }

  private static @Nullable CursorFile parse(String text) {
    int last = text.lastIndexOf("crc ");
    if (last < 0 || !text.substring(last).equals("crc " + crc(text.substring(0, last)))) {
      return null;
    }
    List<String> lines = text.substring(0, last).lines().toList();
    if (lines.size() < 4 || !lines.getFirst().equals(FIRST_LINE)) {
      return null;
    }
    UUID journal = UUID.fromString(lines.get(1).substring("journal ".length()));
    String exporterId = lines.get(2).substring("exporter ".length());
    Place end = place(lines.get(3).split(" ", -1), 1);
    List<Range> ranges = new ArrayList<>();
    for (String line : lines.subList(4, lines.size())) {
      String[] words = line.split(" ", -1);
      ranges.add(new Range(place(words, 1), place(words, 3)));
    }
    return new CursorFile(journal, exporterId, new Pending(ranges, end));
  }

  private static Place place(String[] words, int at) {
    return new Place(Long.parseLong(words[at]), Long.parseLong(words[at + 1]));
  }

  private static String crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }
}
