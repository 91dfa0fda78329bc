package dev.sluice.journal;

import dev.sluice.journal.WriteQueue.Request;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Journal;
import dev.sluice.pipeline.Threads;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of one pipeline in a folder of segments. Thread-safe; one thread of its own writes,
 * and the requests that come while it does form the next group. Hot path; {@code JournalBenchmark}
 * measures it.
 */
public final class SegmentedJournal implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentedJournal.class);
  private static final long GROUP_BYTES_MAX = 4 << 20;

  /** How often cursors are saved, at most, and the disk is looked at. */
  private static final long UPKEEP_NANOS = 200_000_000L;

  private final JournalSettings settings;
  private final String pipelineId;
  private final Disk disk;
  private final Clock clock;
  private final Threads threads;
  private final Closeable lock;
  private final Recovery.Found found;
  private final Map<String, Pending> cursors;
  private final Segments segments;
  private final WriteQueue queue = new WriteQueue();
  private final Health health;
  private final Tail tail;
  private final Followers followers;
  private final Room room;
  private final Upkeep upkeep;
  private final AtomicLong unreadableItems = new AtomicLong();
  private @Nullable Thread thread;
  private long upkeepNanos;

  private SegmentedJournal(
      JournalSettings settings,
      String pipelineId,
      Disk disk,
      Clock clock,
      Threads threads,
      Closeable lock,
      Recovery.Found found) {
    this.settings = settings;
    this.pipelineId = pipelineId;
    this.disk = disk;
    this.clock = clock;
    this.threads = threads;
    this.lock = lock;
    this.found = found;
    cursors = new TreeMap<>(found.cursors());
    segments = found.segments();
    health = new Health(settings.directory());
    tail = new Tail(settings, disk, clock, segments, found.journal(), found.head(), health);
    followers = new Followers(settings, disk, found.journal(), health);
    room = new Room(settings, disk, segments);
    upkeep = new Upkeep(settings, disk, clock, segments, followers, tail, room, health);
    room.measure();
    upkeepNanos = clock.nanoTime();
  }

  /**
   * Opens the journal in a folder, making it when it is not there.
   *
   * @throws IOException when it cannot be made, written or locked, or is of a newer format; with
   *     its path and what to do
   */
  public static SegmentedJournal open(
      JournalSettings settings, String pipelineId, Disk disk, Clock clock, Threads threads)
      throws IOException {
    Closeable lock = lock(settings, disk);
    try {
      Keepsakes keepsakes = new Keepsakes(settings.directory(), disk);
      Recovery.Found found = Recovery.read(settings.directory(), disk, keepsakes);
      return new SegmentedJournal(settings, pipelineId, disk, clock, threads, lock, found);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  private static Closeable lock(JournalSettings settings, Disk disk) throws IOException {
    try {
      disk.createFolder(settings.directory());
      return disk.lock(settings.directory().resolve(FileNames.LOCK));
    } catch (IOException e) {
      throw new IOException(
          "the journal's folder "
              + settings.directory()
              + " cannot be used: "
              + e
              + "; make it writable for this user and used by one process only, or set another"
              + " directory",
          e);
    }
  }

  @Override
  public Place head() {
    return tail.head();
  }

  @Override
  public Pending follow(String exporterId, Follower follower) {
    Pending pending = cursors.remove(exporterId);
    if (pending == null) {
      Segment first = segments.first();
      pending = new Pending(List.of(), first == null ? head() : first.base());
    }
    followers.add(exporterId, follower, pending);
    return pending;
  }

  @Override
  public void start() {
    cursors.forEach(upkeep::setAside);
    thread = threads.start("journal-" + pipelineId, this::run);
  }

  @Override
  public boolean hasRoom(int bytes) {
    long waiting = queue.bytes() + RecordHeader.recordBytes(bytes);
    boolean first = queue.bytes() == 0;
    return health.isHealthy() && (first || waiting <= settings.queueBytes()) && room.has(waiting);
  }

  @Override
  public void append(Telemetry telemetry, Completion completion) {
    if (!queue.tryAdd(new Request(telemetry, clock.epochNanos(), completion))) {
      completion.failed("the journal is closed");
    }
  }

  @Override
  public Reader reader() {
    return new SegmentedReader(disk, segments, unreadableItems::addAndGet);
  }

  private void run() {
    while (!queue.isFinished()) {
      try {
        if (!doWork()) {
          queue.await(UPKEEP_NANOS);
        }
      } catch (RuntimeException e) {
        LOG.error("journal {}: a turn has failed", settings.directory(), e);
      }
    }
    finish();
  }

  /** Writes one group, if one waits, and does the upkeep, if it is due; whether it wrote. */
  boolean doWork() {
    List<Request> group = queue.take(Math.min(GROUP_BYTES_MAX, settings.segmentBytes()));
    if (!group.isEmpty()) {
      commit(group);
    }
    if (clock.nanoTime() - upkeepNanos >= UPKEEP_NANOS) {
      upkeepNanos = clock.nanoTime();
      upkeep.doWork(queue.bytes());
    }
    return !group.isEmpty();
  }

  private void commit(List<Request> group) {
    long bytes = 0;
    for (Request request : group) {
      bytes += request.recordBytes();
    }
    Place place = tail.head();
    String failure = tryWrite(group, bytes);
    room.count();
    for (Request request : group) {
      queue.done(request);
      complete(request, place, failure);
      place = new Place(place.sequence() + 1, place.items() + request.telemetry().items());
    }
  }

  /** Why a group could not be written; null when it is. A failure is tried again, elsewhere. */
  private @Nullable String tryWrite(List<Request> group, long bytes) {
    try {
      tail.write(group, bytes);
      return null;
    } catch (IOException first) {
      try {
        tail.write(group, bytes);
        return null;
      } catch (IOException second) {
        health.broken(second);
        return health.reason();
      }
    }
  }

  private static void complete(Request request, Place place, @Nullable String failure) {
    try {
      if (failure == null) {
        request.completion().committed(place);
      } else {
        request.completion().failed(failure);
      }
    } catch (RuntimeException e) {
      LOG.error("a request that was written could not be completed", e);
    }
  }

  /** How it is, now. */
  public JournalStatus status() {
    Segment first = segments.first();
    return new JournalStatus(
        settings.fsync() ? "fsync" : "wal",
        health.isHealthy(),
        health.reason(),
        room.isFull(),
        segments.all().size(),
        segments.bytes(),
        settings.maxBytes(),
        room.usableBytes(),
        first == null ? 0 : first.header.createdEpochNanos(),
        queue.bytes(),
        found.lostItems(),
        unreadableItems.get(),
        found.truncatedBytes(),
        health.failures(),
        health.forceFailures(),
        health.sealFailures(),
        health.cursorFailures(),
        health.lastForceNanos());
  }

  @Override
  public void close() {
    queue.close();
    try {
      if (thread == null) {
        finish();
      } else {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes what waits, saves what is pending, and gives the folder free. */
  void finish() {
    try (lock) {
      while (doWork()) {
        // one group after the other
      }
      upkeep.doWork(0);
      tail.seal();
    } catch (IOException e) {
      LOG.warn("journal {}: {}", settings.directory(), e.getMessage());
    }
  }
}
