package dev.sluice.ondisk;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Dead letters, the oldest first; those that were delivered are deleted, if that was asked for. */
public final class LetterRequests implements KeptRequests {
  private final LetterFolder folder;
  private final List<Letter> letters;
  private final boolean deletes;
  private final Map<String, Letter> taken = new HashMap<>();
  private long deleted;

  public LetterRequests(LetterFolder folder, Selection selection, boolean deletes) {
    this.folder = folder;
    this.deletes = deletes;
    letters = folder.select(selection);
  }

  @Override
  public long items() {
    return letters.stream().mapToLong(letter -> letter.note().items()).sum();
  }

  @Override
  public List<String> read(Taker taker) throws IOException {
    List<String> damaged = new ArrayList<>(folder.problems());
    for (Letter letter : letters) {
      try {
        KeptRequest request = new KeptRequest(letter.name(), letter.telemetry());
        String problem = JsonLine.problem(request.telemetry());
        if (!problem.isEmpty()) {
          damaged.add(letter.payload().getFileName() + ": " + problem);
        } else {
          taken.put(letter.name(), letter);
          if (!taker.take(request)) {
            return damaged;
          }
        }
      } catch (NoSuchFileException e) {
        damaged.add(letter.payload().getFileName() + ": it was deleted meanwhile");
      }
    }
    return damaged;
  }

  @Override
  public void delivered(KeptRequest request) throws IOException {
    Letter letter = taken.remove(request.name());
    if (deletes && letter != null) {
      letter.delete();
      deleted++;
    }
  }

  /** How many letters were deleted. */
  public long deleted() {
    return deleted;
  }
}
