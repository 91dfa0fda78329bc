package dev.sluice.pipeline;

import dev.sluice.otlp.Telemetry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A journal whose disk is a list, and which writes when the test says so. One thread. */
final class MemoryJournal implements Journal {
  final List<Entry> entries = new ArrayList<>();
  final Map<String, Follower> followers = new TreeMap<>();

  /** What exporters had pending when the last run ended. */
  final Map<String, Pending> saved = new TreeMap<>();

  /** Sequences that the disk has lost. */
  final List<Long> damaged = new ArrayList<>();

  boolean full;

  /** Why nothing can be written, or null. */
  @Nullable String failure;

  boolean writesAtOnce = true;
  int reads;
  private final Clock clock;
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  MemoryJournal(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void start() {}

  @Override
  public Place head() {
    return entries.isEmpty() ? new Place(0, 0) : entries.getLast().next();
  }

  @Override
  public Pending follow(String exporterId, Follower follower) {
    followers.put(exporterId, follower);
    return saved.getOrDefault(exporterId, new Pending(List.of(), new Place(0, 0)));
  }

  @Override
  public boolean hasRoom(int bytes) {
    return !full;
  }

  @Override
  public void append(Telemetry telemetry, Completion completion) {
    waiting.add(() -> {
      if (failure != null) {
        completion.failed(failure);
        return;
      }
      Entry entry = new Entry(telemetry, head(), clock.epochNanos());
      entries.add(entry);
      completion.committed(entry.place());
    });
    if (writesAtOnce) {
      write();
    }
  }

  /** Commits what waits. */
  void write() {
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  /** The process dies: what its exporters had pending at this moment is what they find. */
  void restart() {
    followers.forEach((id, follower) -> saved.put(id, follower.pending()));
    followers.clear();
    waiting.clear();
  }

  @Override
  public Reader reader() {
    return new ListReader();
  }

  private final class ListReader implements Reader {
    @Override
    public Chunk read(Place from, Place to, long items, long bytes) {
      reads++;
      List<Entry> chunk = new ArrayList<>();
      long held = 0;
      long size = 0;
      long lost = 0;
      Place next = from;
      while (next.sequence() < to.sequence() && (chunk.isEmpty() || held < items && size < bytes)) {
        Entry entry = entries.get((int) next.sequence());
        if (damaged.contains(next.sequence())) {
          lost += entry.telemetry().items();
        } else {
          chunk.add(entry);
          held += entry.telemetry().items();
          size += entry.telemetry().size();
        }
        next = entry.next();
      }
      return new Chunk(chunk, next, lost);
    }

    @Override
    public void close() {}
  }

  @Override
  public void close() {
    write();
    restart();
  }
}
