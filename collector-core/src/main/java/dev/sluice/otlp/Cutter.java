package dev.sluice.otlp;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One walk over a request that writes pieces of it, for {@link Split}. Each level of envelopes
 * (request, resource, scope and, for points, metric and data) keeps what is not a child, its
 * header, and repeats it in every piece where an item of it is. Time is linear in the size of the
 * request and of what is written. Used once, by one thread.
 */
final class Cutter {
  /** The most that the tag and the length of an envelope take; their fields are all below 16. */
  private static final int FRAME_MAX = 6;

  /** How much the length of an open envelope may still grow when it is closed. */
  private static final int LENGTH_GROWTH_MAX = 4;

  private static final int METRIC_LEVEL = 3;

  private final Telemetry telemetry;
  private final int itemsMax;
  private final int bytesMax;
  private final Level[] levels;
  private final List<Telemetry> pieces = new ArrayList<>();
  private final WireWriter out;
  private int start;
  private int end = Integer.MAX_VALUE;
  private @Nullable BitSet only;

  /** How many levels are open in the piece that is being written. */
  private int open;

  private int pieceItems;
  private int ordinal;

  Cutter(Telemetry telemetry, int itemsMax, int bytesMax) {
    this.telemetry = telemetry;
    this.itemsMax = itemsMax;
    this.bytesMax = bytesMax;
    out = new WireWriter(Math.min(telemetry.size(), bytesMax));
    levels = new Level[telemetry.signal() == Signal.METRICS ? 5 : 3];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = new Level();
    }
  }

  /** Leaves out the items before {@code start} and from {@code end} on. */
  Cutter keepRange(int start, int end) {
    this.start = start;
    this.end = end;
    return this;
  }

  /** Leaves out the items whose numbers are not set. */
  Cutter keepOnly(BitSet ordinals) {
    only = ordinals;
    return this;
  }

  List<Telemetry> cut() {
    walk(0, 0, telemetry.size());
    finishPiece();
    return pieces;
  }

  private void walk(int depth, int offset, int length) {
    Level level = levels[depth];
    collectHeader(depth, offset, length);
    WireReader reader = level.reader.reset(telemetry.bytes(), offset, length);
    while (ordinal < end) {
      int from = reader.position();
      if (!reader.next()) {
        break;
      }
      int field = reader.field();
      if (!isChild(depth, field)) {
        reader.skip();
      } else if (depth == levels.length - 1) {
        reader.skip();
        item(from, reader.position());
      } else {
        levels[depth + 1].field = field;
        int size = reader.length();
        walk(depth + 1, reader.position() - size, size);
      }
    }
    closeTo(depth);
  }

  private void collectHeader(int depth, int offset, int length) {
    Level level = levels[depth];
    level.header.reset();
    WireReader reader = level.reader.reset(telemetry.bytes(), offset, length);
    while (true) {
      int from = reader.position();
      if (!reader.next()) {
        return;
      }
      boolean child = isChild(depth, reader.field());
      reader.skip();
      if (!child) {
        level.header.raw(telemetry.bytes(), from, reader.position() - from);
      }
    }
  }

  private static boolean isChild(int depth, int field) {
    return switch (depth) {
      case 0 -> field == Otlp.ExportRequest.RESOURCE;
      case 1 -> field == Otlp.ResourceEnvelope.SCOPE;
      case 2 -> field == Otlp.ScopeEnvelope.ITEMS;
      case METRIC_LEVEL -> isData(field);
      default -> field == Otlp.MetricData.DATA_POINTS;
    };
  }

  private static boolean isData(int field) {
    return switch (field) {
      case Otlp.Metric.GAUGE,
          Otlp.Metric.SUM,
          Otlp.Metric.HISTOGRAM,
          Otlp.Metric.EXPONENTIAL_HISTOGRAM,
          Otlp.Metric.SUMMARY ->
          true;
      default -> false;
    };
  }

  private void item(int from, int to) {
    int number = ordinal++;
    if (number < start || (only != null && !only.get(number))) {
      return;
    }
    if (pieceItems > 0 && !fits(to - from)) {
      finishPiece();
    }
    openAll();
    out.raw(telemetry.bytes(), from, to - from);
    pieceItems++;
  }

  /** Whether an item of so many bytes fits, with its envelopes: exact but for their lengths. */
  private boolean fits(int size) {
    long needed = (long) out.size() + size + (long) open * LENGTH_GROWTH_MAX;
    for (int i = open; i < levels.length; i++) {
      needed += FRAME_MAX + levels[i].header.size();
    }
    return pieceItems < itemsMax && needed <= bytesMax;
  }

  private void openAll() {
    for (; open < levels.length; open++) {
      Level level = levels[open];
      if (open > 0) {
        level.mark = out.begin(level.field);
      }
      out.raw(level.header.array(), 0, level.header.size());
    }
  }

  private void closeTo(int depth) {
    while (open > Math.max(depth, 1)) {
      out.end(levels[--open].mark);
    }
  }

  private void finishPiece() {
    if (pieceItems == 0) {
      return;
    }
    closeTo(0);
    pieces.add(new Telemetry(telemetry.signal(), out.toByteArray(), pieceItems));
    out.reset();
    open = 0;
    pieceItems = 0;
  }

  /** One kind of envelope: the one of it that the walk is in. */
  private static final class Level {
    final WireReader reader = new WireReader();
    final WireWriter header = new WireWriter(256);

    /** The field of its parent that it is in. */
    int field;

    /** Where it began in the piece, when it is open. */
    int mark;
  }
}
