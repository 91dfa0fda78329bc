package dev.sluice.console;

import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The telemetry of the last minutes, as the bytes that arrived. Thread-safe.
 *
 * <p>Each signal has a third of {@code bytesMax}, so that many metrics do not push out few traces.
 * The oldest request goes first, when a newer one needs its room or when it is older than {@code
 * ageMaxNanos}; a request larger than a third is not kept.
 */
public final class RecentStore {
  private static final int SLOT_OVERHEAD_BYTES = 96;

  private final long signalBytesMax;
  private final long ageMaxNanos;
  private final Clock clock;
  private final Map<Signal, Shelf> shelves = new EnumMap<>(Signal.class);

  public RecentStore(long bytesMax, long ageMaxNanos, Clock clock) {
    this.signalBytesMax = bytesMax / Signal.values().length;
    this.ageMaxNanos = ageMaxNanos;
    this.clock = clock;
    for (Signal signal : Signal.values()) {
      shelves.put(signal, new Shelf());
    }
  }

  /** Keeps a request, and lets go of what is too old or too much. */
  public void add(Telemetry telemetry) {
    long bytes = (long) telemetry.size() + SLOT_OVERHEAD_BYTES;
    if (bytes > signalBytesMax) {
      return;
    }
    Shelf shelf = shelf(telemetry.signal());
    synchronized (shelf) {
      long now = clock.nanoTime();
      shelf.expire(now - ageMaxNanos);
      while (shelf.bytes + bytes > signalBytesMax) {
        shelf.removeOldest();
      }
      shelf.held.addLast(new Held(telemetry, now));
      shelf.bytes += bytes;
    }
  }

  /**
   * The newest requests, oldest of them first: as many as it takes to have {@code items} items or
   * {@code bytes} bytes, when there are so many.
   */
  public List<Telemetry> newest(Signal signal, int items, long bytes) {
    Shelf shelf = shelf(signal);
    List<Telemetry> newest = new ArrayList<>();
    synchronized (shelf) {
      shelf.expire(clock.nanoTime() - ageMaxNanos);
      long itemsMissing = items;
      long bytesMissing = bytes;
      Iterator<Held> backwards = shelf.held.descendingIterator();
      while (itemsMissing > 0 && bytesMissing > 0 && backwards.hasNext()) {
        Telemetry telemetry = backwards.next().telemetry;
        itemsMissing -= telemetry.items();
        bytesMissing -= telemetry.size();
        newest.add(telemetry);
      }
    }
    Collections.reverse(newest);
    return newest;
  }

  /** The bytes held for one signal, with what it costs to hold them. */
  public long bytes(Signal signal) {
    Shelf shelf = shelf(signal);
    synchronized (shelf) {
      return shelf.bytes;
    }
  }

  private Shelf shelf(Signal signal) {
    return Objects.requireNonNull(shelves.get(signal));
  }

  private record Held(Telemetry telemetry, long sinceNanos) {}

  /** One signal's requests, oldest first. Guarded by itself. */
  private static final class Shelf {
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private long bytes;

    void expire(long beforeNanos) {
      Held oldest = held.peekFirst();
      while (oldest != null && oldest.sinceNanos - beforeNanos < 0) {
        removeOldest();
        oldest = held.peekFirst();
      }
    }

    void removeOldest() {
      bytes -= held.removeFirst().telemetry.size() + SLOT_OVERHEAD_BYTES;
    }
  }
}
