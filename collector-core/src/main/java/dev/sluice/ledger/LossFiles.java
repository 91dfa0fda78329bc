package dev.sluice.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CodingErrorAction;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The losses on disk: files of lines, {@code losses-00000001.jsonl} and on; the oldest goes when
 * they are too much together. The first line of a file says since when it and all after it are
 * complete. A start begins a new file with its first loss, so that a torn line harms no other.
 *
 * <p>Written to the operating system at each turn and never forced: a crash of the process loses
 * nothing of it, a power cut the last seconds. One thread at a time.
 */
final class LossFiles {
  private static final int FILES_TARGET = 8;
  private static final int FILES_MAX = 256;
  private static final String PREFIX = "losses-";
  private static final String SUFFIX = ".jsonl";
  private static final String SINCE = "{\"complete_since\":";

  private final Path folder;
  private final long bytesMax;
  private final Deque<Entry> files = new ArrayDeque<>();

  /** Since when all losses are in the files from the next one on. */
  private long sinceNanos;

  private long number;
  private @Nullable FileChannel current;
  private long currentBytes;

  private record Entry(Path path, long bytes) {}

  private LossFiles(Path folder, long bytesMax, long openedNanos) {
    this.folder = folder;
    this.bytesMax = bytesMax;
    sinceNanos = openedNanos;
  }

  /**
   * Opens the folder, making it when it is not there; reads none of the files.
   *
   * @param openedNanos now, in nanoseconds since the epoch
   * @throws IOException when it cannot be made or listed
   */
  static LossFiles open(Path folder, long bytesMax, long openedNanos) throws IOException {
    Files.createDirectories(folder);
    LossFiles files = new LossFiles(folder, bytesMax, openedNanos);
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
      entries.forEach(found::add);
    }
    found.sort(null);
    for (Path path : found) {
      files.files.add(new Entry(path, Files.size(path)));
      files.number = Math.max(files.number, number(path));
    }
    return files;
  }

  private static long number(Path path) {
    String digits = path.getFileName().toString().replaceAll("[^0-9]", "");
    return digits.isEmpty() || digits.length() > 18 ? 0 : Long.parseLong(digits);
  }

  /** Adds a line with its end, about something that happened at {@code atNanos}. */
  void append(String line, long atNanos) throws IOException {
    if (current != null && currentBytes >= bytesMax / FILES_TARGET) {
      close();
      sinceNanos = atNanos;
    }
    if (current == null) {
      begin();
    }
    try {
      write(line);
    } catch (IOException e) {
      close(); // a torn line must not take the next one with it
      throw e;
    }
  }

  private void begin() throws IOException {
    number++;
    current = FileChannel.open(path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    currentBytes = 0;
    try {
      write(SINCE + sinceNanos + "}\n");
    } catch (IOException e) {
      current.close();
      current = null;
      Files.deleteIfExists(path());
      throw e;
    }
    dropOldest();
  }

  private void write(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
    currentBytes += bytes.remaining();
    FileChannel channel = current;
    while (channel != null && bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Leaves room for the file that was begun to become full. */
  private void dropOldest() throws IOException {
    long room = bytesMax - bytesMax / FILES_TARGET;
    while (files.size() > FILES_MAX || files.stream().mapToLong(Entry::bytes).sum() > room) {
      Files.deleteIfExists(files.remove().path);
    }
  }

  private Path path() {
    return folder.resolve(PREFIX + "%08d".formatted(number) + SUFFIX);
  }

  /**
   * What a reading found beside the lines.
   *
   * @param sinceNanos since when they are complete; -1 when there is no file that tells
   * @param unreadable the files that could not be read
   */
  record Reading(long sinceNanos, List<String> unreadable) {}

  /** Hands over all lines but the first of each file, oldest first. */
  Reading read(Consumer<String> lines) {
    List<Path> paths = new ArrayList<>();
    files.forEach(entry -> paths.add(entry.path));
    if (current != null) {
      paths.add(path());
    }
    List<String> unreadable = new ArrayList<>();
    long since = -1;
    for (Path path : paths) {
      try {
        long found = read(path, lines);
        since = since < 0 ? found : since;
      } catch (IOException e) {
        unreadable.add(path.getFileName() + ": " + e);
      }
    }
    return new Reading(since, unreadable);
  }

  /** Reads one file, replacing what is no UTF-8: such a line is damaged, and no other. */
  private static long read(Path path, Consumer<String> lines) throws IOException {
    var decoder = UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE);
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(Files.newInputStream(path), decoder))) {
      String first = reader.readLine();
      long since = first == null ? -1 : since(first);
      if (first != null && since < 0) {
        lines.accept(first);
      }
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.accept(line);
      }
      return since;
    }
  }

  private static long since(String line) {
    boolean tells = line.matches("\\{\"complete_since\":[0-9]{1,18}[0-9]?}");
    return tells ? Long.parseLong(line.substring(SINCE.length(), line.length() - 1)) : -1;
  }

  /** Closes the file in use; the next line begins another. */
  void close() throws IOException {
    FileChannel channel = current;
    if (channel != null) {
      files.add(new Entry(path(), currentBytes));
      current = null;
      channel.close();
    }
  }
}
