package dev.sluice.exporters.loki;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The entries that go into one push request: runs of entries of streams of one tenant.
 *
 * @param tenant null when the configured headers decide
 * @param items entries in all slices
 * @param bytes encoded bytes in all slices, about
 */
record PushBody(@Nullable String tenant, List<Slice> slices, int items, long bytes) {
  /**
   * How many requests a batch may have for streams with late entries. Loki answers for the last
   * stream of a request only when it ignores entries as too far behind, so that it answers 204 when
   * a good stream comes after a bad one: a late stream goes alone.
   */
  static final int LATE_ALONE_MAX = 16;

  /** A run of entries of one stream, from {@code from} to before {@code to}. */
  record Slice(LogStream stream, int from, int to) {
    int items() {
      return to - from;
    }

    long bytes() {
      return (long) stream.start(to) - stream.start(from) + stream.labels().utf8().length;
    }
  }

  static PushBody of(@Nullable String tenant, List<Slice> slices) {
    int items = 0;
    long bytes = 0;
    for (Slice slice : slices) {
      items += slice.items();
      bytes += slice.bytes();
    }
    return new PushBody(tenant, List.copyOf(slices), items, bytes);
  }

  /** Packs streams into requests of one tenant each, of at most {@code bytesMax} where possible. */
  static List<PushBody> pack(List<LogStream> streams, int bytesMax) {
    Map<@Nullable String, Packing> packings = new LinkedHashMap<>();
    List<LogStream> late = new ArrayList<>();
    for (LogStream stream : streams) {
      if (stream.isLate() && late.size() < LATE_ALONE_MAX) {
        late.add(stream);
      } else {
        String tenant = stream.labels().tenant();
        packings.computeIfAbsent(tenant, _ -> new Packing(tenant, bytesMax)).add(stream);
      }
    }
    List<PushBody> bodies = new ArrayList<>();
    packings.values().forEach(packing -> bodies.addAll(packing.finish()));
    for (LogStream stream : late) {
      Packing alone = new Packing(stream.labels().tenant(), bytesMax);
      alone.add(stream);
      bodies.addAll(alone.finish());
    }
    return bodies;
  }

  /** The same entries in two requests of about half the bytes; for more than one entry. */
  List<PushBody> halves() {
    List<Slice> first = new ArrayList<>();
    List<Slice> second = new ArrayList<>();
    long taken = 0;
    for (Slice slice : slices) {
      for (int i = slice.from(); i < slice.to(); i++) {
        int size = slice.stream().start(i + 1) - slice.stream().start(i);
        boolean nearer = first.isEmpty() || taken + size / 2 < bytes / 2;
        add(nearer && second.isEmpty() ? first : second, slice.stream(), i);
        taken += size;
      }
    }
    if (second.isEmpty()) {
      moveLast(first, second);
    }
    return List.of(of(tenant, first), of(tenant, second));
  }

  /** The numbers of all its records in the batch. */
  BitSet ordinals() {
    BitSet ordinals = new BitSet();
    for (Slice slice : slices) {
      for (int i = slice.from(); i < slice.to(); i++) {
        ordinals.set(slice.stream().ordinal(i));
      }
    }
    return ordinals;
  }

  private static void add(List<Slice> slices, LogStream stream, int index) {
    Slice last = slices.isEmpty() ? null : slices.getLast();
    if (last != null && last.stream() == stream && last.to() == index) {
      slices.set(slices.size() - 1, new Slice(stream, last.from(), index + 1));
    } else {
      slices.add(new Slice(stream, index, index + 1));
    }
  }

  private static void moveLast(List<Slice> first, List<Slice> second) {
    Slice last = first.removeLast();
    if (last.items() > 1) {
      first.add(new Slice(last.stream(), last.from(), last.to() - 1));
    }
    second.add(new Slice(last.stream(), last.to() - 1, last.to()));
  }

  /** Fills requests of one tenant, one after the other. */
  private static final class Packing {
    private final @Nullable String tenant;
    private final int bytesMax;
    private final List<PushBody> bodies = new ArrayList<>();
    private List<Slice> slices = new ArrayList<>();
    private long bytes;

    Packing(@Nullable String tenant, int bytesMax) {
      this.tenant = tenant;
      this.bytesMax = bytesMax;
    }

    void add(LogStream stream) {
      int from = 0;
      bytes += stream.labels().utf8().length;
      for (int i = 0; i < stream.count(); i++) {
        int size = stream.start(i + 1) - stream.start(i);
        boolean empty = slices.isEmpty() && i == from;
        if (bytes + size > bytesMax && !empty) {
          addSlice(stream, from, i);
          flush();
          bytes += stream.labels().utf8().length;
          from = i;
        }
        bytes += size;
      }
      addSlice(stream, from, stream.count());
    }

    List<PushBody> finish() {
      flush();
      return bodies;
    }

    private void addSlice(LogStream stream, int from, int to) {
      if (to > from) {
        slices.add(new Slice(stream, from, to));
      }
    }

    private void flush() {
      if (!slices.isEmpty()) {
        bodies.add(PushBody.of(tenant, slices));
      }
      slices = new ArrayList<>();
      bytes = 0;
    }
  }
}
