package dev.sluice.journal;

import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Journal.Chunk;
import dev.sluice.pipeline.Journal.Completion;
import dev.sluice.pipeline.Journal.Entry;
import dev.sluice.pipeline.Journal.Follower;
import dev.sluice.pipeline.Journal.Pending;
import dev.sluice.pipeline.Journal.Place;
import dev.sluice.pipeline.Journal.Range;
import dev.sluice.pipeline.ManualClock;
import dev.sluice.pipeline.Retention.Overflow;
import dev.sluice.pipeline.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A journal on a disk in memory, whose thread a test turns by hand, and exporters that follow. */
final class JournalBench {
  static final Path FOLDER = Path.of("journal");
  static final int SEGMENT_BYTES = 64 << 10;

  final ManualClock clock = new ManualClock();
  final ModelDisk disk;

  /** Starts nothing: a test turns what would run. */
  final Threads threads = (role, body) -> new Thread(body, role);

  final List<String> acked = new ArrayList<>();
  final List<String> failed = new ArrayList<>();
  JournalSettings settings = settings(true);
  SegmentedJournal journal;
  List<Consumer> consumers = new ArrayList<>();

  JournalBench(long seed) {
    disk = new ModelDisk(seed);
  }

  static JournalSettings settings(boolean fsync) {
    return settings(fsync, 0, Duration.ZERO, Overflow.REFUSE);
  }

  static JournalSettings settings(
      boolean fsync, long maxBytes, Duration maxAge, Overflow overflow) {
    return new JournalSettings(
        FOLDER, fsync, maxBytes, 0, maxAge, overflow, SEGMENT_BYTES, 1 << 20);
  }

  /** Opens the journal with these exporters. */
  JournalBench open(String... exporterIds) {
    try {
      journal = SegmentedJournal.open(settings, "logs", disk, clock, threads);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    consumers = new ArrayList<>();
    for (String exporterId : exporterIds) {
      consumers.add(new Consumer(exporterId));
    }
    journal.start();
    return this;
  }

  Consumer consumer() {
    return consumers.getFirst();
  }

  /** Closes it as at the end of the process. */
  void close() {
    journal.finish();
  }

  /** A request whose text is its payload. */
  static Telemetry request(String text, int items) {
    return new Telemetry(Signal.LOGS, text.getBytes(StandardCharsets.UTF_8), items);
  }

  static String text(Entry entry) {
    return new String(entry.telemetry().bytes(), StandardCharsets.UTF_8);
  }

  /** Puts a request into the queue. */
  void append(String text, int items) {
    journal.append(
        request(text, items),
        new Completion() {
          @Override
          public void committed(Place place) {
            acked.add(text);
          }

          @Override
          public void failed(String reason) {
            failed.add(text);
          }
        });
  }

  /** Writes requests, each in a group of its own. */
  JournalBench write(String... texts) {
    for (String text : texts) {
      append(text, 1);
      var _ = journal.doWork();
    }
    return this;
  }

  /** Lets so much time pass, and then a turn happen. */
  void turn(Duration after) {
    clock.advance(after);
    var _ = journal.doWork();
  }

  /** A turn in which cursors are saved and files deleted. */
  void upkeep() {
    turn(Duration.ofMillis(200));
  }

  /** A text of so many bytes that begins with a word. */
  static String sized(String word, int bytes) {
    char[] text = new char[bytes];
    Arrays.fill(text, '.');
    word.getChars(0, word.length(), text, 0);
    return new String(text);
  }

  /** An exporter: what it has pending, and what it read. */
  final class Consumer implements Follower {
    final List<String> delivered = new ArrayList<>();
    final List<Entry> entries = new ArrayList<>();
    final SegmentedReader reader;
    List<Range> ranges;
    Place end;
    long lostItems;
    long givenUpItems;
    String givenUpRule = "";
    boolean busy;

    Consumer(String exporterId) {
      Pending pending = journal.follow(exporterId, this);
      ranges = new ArrayList<>(pending.ranges());
      end = pending.end();
      reader = (SegmentedReader) journal.reader();
    }

    @Override
    public Pending pending() {
      return new Pending(ranges, end);
    }

    @Override
    public boolean tryGiveUp(Place before, String rule, String reason) {
      if (busy) {
        return false;
      }
      givenUpRule = rule;
      List<Range> left = new ArrayList<>();
      for (Range range : ranges) {
        Place to = range.to().sequence() < before.sequence() ? range.to() : before;
        if (range.from().sequence() < to.sequence()) {
          givenUpItems += to.items() - range.from().items();
        }
        if (range.to().sequence() > before.sequence()) {
          left.add(
              new Range(
                  range.from().sequence() > before.sequence() ? range.from() : before, range.to()));
        }
      }
      ranges = left;
      if (end.sequence() < before.sequence()) {
        givenUpItems += before.items() - end.items();
        end = before;
      }
      return true;
    }

    /** Reads up to so many requests, and counts them as delivered at once. */
    int deliver(int count) {
      int done = 0;
      while (done < count && (!ranges.isEmpty() || end.sequence() < journal.head().sequence())) {
        Range next = ranges.isEmpty() ? new Range(end, journal.head()) : ranges.getFirst();
        Chunk chunk = reader.read(next.from(), next.to(), 1, Long.MAX_VALUE);
        take(chunk);
        if (ranges.isEmpty()) {
          end = chunk.next();
        } else if (chunk.next().sequence() >= next.to().sequence()) {
          ranges.removeFirst();
        } else {
          ranges.set(0, new Range(chunk.next(), next.to()));
        }
        done++;
      }
      return done;
    }

    private void take(Chunk chunk) {
      lostItems += chunk.lostItems();
      entries.addAll(chunk.entries());
      for (Entry entry : chunk.entries()) {
        delivered.add(text(entry));
      }
    }

    /** Delivers all there is; what was delivered by this, since the journal was opened. */
    List<String> drain() {
      while (deliver(1000) > 0) {
        // until there is no more
      }
      return delivered;
    }
  }
}
