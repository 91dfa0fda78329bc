package dev.sluice.ledger;

import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Ledger;
import dev.sluice.pipeline.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of one process: follows a sample of the requests, and names all that is lost or
 * refused, as far as its bounds go. Thread-safe.
 *
 * <p>What it is told under the locks waits in the {@link Inbox}; a thread of its own looks at it,
 * in turns of {@link #TURN_NANOS} while something comes and not at all otherwise. {@link #doWork}
 * is one turn, which a question takes as well, so that it sees what was told before it.
 */
public final class TelemetryLedger implements Ledger, Runnable, AutoCloseable {
  /** How long something that was told may wait to be looked at. */
  static final long TURN_NANOS = 50_000_000L;

  private static final Logger LOG = LoggerFactory.getLogger(TelemetryLedger.class);
  private static final String TOO_MANY = "too many at once for the ledger to name them";

  private final LedgerSettings settings;
  private final Clock clock;
  private final Inbox inbox = new Inbox();
  private final LossLog losses;
  private final Map<String, SampleShelf> shelves = new LinkedHashMap<>();
  private final List<ReceiverEntrance> entrances = new CopyOnWriteArrayList<>();

  /** What there was no time to name, by what happened to it. Guarded by itself. */
  private final Map<String, LossRecord> unnamed = new TreeMap<>();

  private final int pipelines;
  private volatile @Nullable Thread worker;
  private volatile boolean asleep;
  private volatile boolean closed;

  private TelemetryLedger(
      LedgerSettings settings, int pipelines, @Nullable LossFiles files, Clock clock) {
    this.settings = settings;
    this.pipelines = pipelines;
    this.clock = clock;
    losses = new LossLog(files, settings.memoryBytes() / 2, clock.epochNanos());
  }

  /**
   * A ledger that does not run yet.
   *
   * @param pipelines how many there will be, which share the memory for samples
   * @param folder for the losses, or null to keep them in memory only; what is there already is
   *     found by questions, too
   */
  public static TelemetryLedger open(
      LedgerSettings settings, int pipelines, @Nullable Path folder, Clock clock) {
    LossFiles files = null;
    try {
      if (folder != null) {
        files = LossFiles.open(folder, settings.diskBytes(), clock.epochNanos());
      }
    } catch (IOException e) {
      LOG.warn("going on with a ledger of losses in memory only: {}", e.toString());
    }
    return new TelemetryLedger(settings, pipelines, files, clock);
  }

  /** Starts its thread. */
  public void start(Threads threads) {
    worker = threads.start("ledger", this);
  }

  @Override
  public Entrance entrance(String receiverId, Signal signal, List<String> fed) {
    List<SampleShelf> theirs = fed.stream().map(this::shelf).toList();
    ReceiverEntrance entrance =
        new ReceiverEntrance(this, receiverId, signal, theirs, settings.sampleEvery(), clock);
    entrances.add(entrance);
    return entrance;
  }

  @Override
  public Exit exit(String pipelineId, String exporterId) {
    SampleShelf shelf = shelf(pipelineId);
    shelf.addExporter(exporterId);
    return new ExporterExit(this, shelf, exporterId, clock);
  }

  private SampleShelf shelf(String pipelineId) {
    synchronized (shelves) {
      long share = settings.memoryBytes() / 2 / Math.max(1, pipelines);
      return shelves.computeIfAbsent(
          pipelineId, id -> new SampleShelf(id, share, clock.epochNanos()));
    }
  }

  private List<SampleShelf> allShelves() {
    synchronized (shelves) {
      return List.copyOf(shelves.values());
    }
  }

  List<ReceiverEntrance> entrances() {
    return entrances;
  }

  boolean hasRoomForSamples() {
    return inbox.hasRoomForSamples();
  }

  /** A request is followed: what it is about is read later; false when there is no room for it. */
  boolean tryLook(SampleShelf shelf, Sample sample, Telemetry telemetry) {
    Runnable work = () -> shelf.describe(sample, SubjectReader.read(telemetry));
    boolean taken = inbox.tryAdd(Inbox.Kind.SAMPLE, telemetry.size(), work);
    if (asleep) {
      LockSupport.unpark(worker);
    }
    return taken;
  }

  /** A request was refused. */
  void refused(LossRecord refusal, Telemetry telemetry) {
    note(Inbox.Kind.REFUSAL, refusal, telemetry.size(), () -> SubjectReader.read(telemetry));
  }

  /** Items are lost; their subjects are asked for later. */
  void lost(LossRecord loss, long bytes, Supplier<List<Subjects>> subjects) {
    note(Inbox.Kind.LOSS, loss, bytes, subjects);
  }

  private void note(
      Inbox.Kind kind, LossRecord loss, long bytes, Supplier<List<Subjects>> subjects) {
    boolean taken =
        inbox.tryAdd(
            kind,
            bytes,
            () -> subjects.get().forEach(some -> losses.add(loss.with(some), some.bytes())));
    if (!taken) {
      countUnnamed(loss);
    }
    if (asleep || inbox.isPressing()) {
      LockSupport.unpark(worker);
    }
  }

  private void countUnnamed(LossRecord loss) {
    String key =
        String.join(
            " ",
            loss.kind().name(),
            loss.signal().name(),
            loss.receiver(),
            loss.pipeline(),
            loss.exporter(),
            loss.rule());
    synchronized (unnamed) {
      LossRecord before = unnamed.get(key);
      int items = loss.items() + (before == null ? 0 : before.items());
      unnamed.put(key, loss.unnamed(items, TOO_MANY));
    }
  }

  @Override
  public void run() {
    while (!closed) {
      if (doWork()) {
        LockSupport.parkNanos(this, TURN_NANOS);
      } else {
        rest();
      }
    }
  }

  /** Until it is told something. */
  private void rest() {
    asleep = true;
    if (inbox.isEmpty() && !closed) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  /** One turn: looks at what was told before it; false when that was nothing. */
  synchronized boolean doWork() {
    int told = inbox.size();
    for (int i = 0; i < told; i++) {
      Runnable work = inbox.poll();
      if (work != null) {
        run(work);
      }
    }
    synchronized (unnamed) {
      unnamed.values().forEach(loss -> losses.add(loss, 0));
      unnamed.clear();
    }
    entrances.forEach(ReceiverEntrance::refill);
    return told > 0;
  }

  private static void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      // A bug of ours: what it was about is not named, and the rest goes on.
      LOG.error("the ledger could not look at what it was told", e);
    }
  }

  /** What became of it. Blocks while the losses on disk are read. */
  public Explanation explain(Question question) {
    doWork();
    List<Journey> journeys = new ArrayList<>();
    List<Coverage> coverage = new ArrayList<>();
    for (SampleShelf shelf : allShelves()) {
      if (isOf(shelf.pipeline(), question.signal())) {
        journeys.addAll(shelf.find(question));
        coverage.add(shelf.coverage());
      }
    }
    return new Explainer(question, journeys, losses.find(question)).explanation(coverage);
  }

  /** Whether a pipeline's id begins with the signal's word, as all do. */
  private static boolean isOf(String pipelineId, Signal signal) {
    return pipelineId.equals(signal.label()) || pipelineId.startsWith(signal.label() + "/");
  }

  /** Looks at what was told last, and ends. */
  @Override
  public void close() {
    closed = true;
    Thread running = worker;
    LockSupport.unpark(running);
    try {
      if (running != null) {
        running.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    doWork();
    losses.close();
  }
}
