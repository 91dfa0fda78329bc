package dev.sluice.ondisk;

import dev.sluice.pipeline.DeadLetterNote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The folder of dead letters as it was when it was opened. Notes are read, payloads are not.
 *
 * @param letters the oldest first
 * @param problems files that are no whole letter, with what is wrong
 */
public record LetterFolder(Path path, List<Letter> letters, List<String> problems) {
  private static final String FOLDER = "dead-letters";
  private static final String TEMPORARY = ".tmp";
  private static final int NOTE_BYTES_MAX = 1 << 20;

  /**
   * Reads the notes.
   *
   * @param folder of the letters, or the data folder that it is in
   * @throws IOException when it cannot be read
   */
  public static LetterFolder open(Path folder) throws IOException {
    Path inside = folder.resolve(FOLDER);
    LetterFolder opened =
        new LetterFolder(
            Files.isDirectory(inside) ? inside : folder, new ArrayList<>(), new ArrayList<>());
    for (String name : names(opened.path)) {
      opened.read(name);
    }
    opened.letters.sort(Comparator.comparing(Letter::time).thenComparing(Letter::name));
    return opened;
  }

  private static TreeSet<String> names(Path folder) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
    } catch (IOException e) {
      throw new IOException(
          "the folder %s cannot be read: %s; name the folder of dead letters, or --data-dir"
              .formatted(folder, e),
          e);
    }
    return names;
  }

  private void read(String name) throws IOException {
    Path file = path.resolve(name);
    if (name.endsWith(Letter.PAYLOAD)) {
      readLetter(file, name.substring(0, name.length() - Letter.PAYLOAD.length()));
    } else if (name.endsWith(TEMPORARY) || isNoteOfLetter(name)) {
      return; // being written at this moment, or read with its payload
    } else if (name.endsWith(Letter.NOTE)) {
      problem(file, "a note without its letter: the process ended between the two");
    }
  }

  private boolean isNoteOfLetter(String name) {
    return name.endsWith(Letter.NOTE)
        && Files.exists(path.resolve(name.replaceAll("\\.txt$", Letter.PAYLOAD)));
  }

  private void readLetter(Path file, String base) throws IOException {
    try {
      DeadLetterNote note = note(path.resolve(base + Letter.NOTE));
      if (note == null) {
        problem(file, "there is no readable note beside it that tells what it is");
      } else {
        letters.add(new Letter(file, Files.size(file), time(base), note));
      }
    } catch (NoSuchFileException e) {
      // Deleted meanwhile.
    }
  }

  private static @Nullable DeadLetterNote note(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) > NOTE_BYTES_MAX) {
      return null;
    }
    return DeadLetterNote.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
  }

  /** A name begins with the time: 20260131T120000.000Z. */
  private static String time(String name) {
    return name.replaceAll(
        "^(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d\\.\\d+Z).*$|^.*$", "$1-$2-$3T$4:$5:$6");
  }

  private void problem(Path file, String what) {
    problems.add(file.getFileName() + ": " + what);
  }

  /** The letters that are meant. */
  List<Letter> select(Selection selection) {
    return letters.stream().filter(selection::hasLetter).limit(selection.limit()).toList();
  }
}
