package dev.sluice.otlp;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts requests between items and joins them again. An item is a span, a metric data point or a log
 * record, numbered from 0 in the order of the wire. Static methods without state: any thread.
 *
 * <p>Each piece is a request by itself: the resource, the scope and, for points, the metric of its
 * items are repeated, with their unknown fields. Items keep their bytes and their order, and each
 * is in exactly one piece. Envelopes without items are left out of the pieces.
 */
public final class Split {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private Split() {}

  /**
   * Cuts into as few pieces as fit the limits, in order. A piece is larger than {@code bytesMax}
   * only when it is a single item that does not fit with its envelopes.
   *
   * @param itemsMax items in a piece, at least 1; {@link Integer#MAX_VALUE} for no limit
   * @param bytesMax bytes of a piece; {@link Integer#MAX_VALUE} for no limit
   */
  public static List<Telemetry> split(Telemetry telemetry, int itemsMax, int bytesMax) {
    if (itemsMax < 1) {
      throw new IllegalArgumentException("itemsMax is " + itemsMax + ", less than 1");
    }
    if (telemetry.items() <= itemsMax && telemetry.size() <= bytesMax) {
      return List.of(telemetry);
    }
    return new Cutter(telemetry, itemsMax, bytesMax).cut();
  }

  /**
   * The items from {@code start} to before {@code end}; null when there are none. Half of a request
   * is {@code range(telemetry, 0, telemetry.items() / 2)}.
   */
  public static @Nullable Telemetry range(Telemetry telemetry, int start, int end) {
    if (start <= 0 && end >= telemetry.items() && telemetry.items() > 0) {
      return telemetry;
    }
    return only(new Cutter(telemetry, NO_LIMIT, NO_LIMIT).keepRange(start, end));
  }

  /** The items whose numbers are set in {@code ordinals}; null when there are none. */
  public static @Nullable Telemetry select(Telemetry telemetry, BitSet ordinals) {
    Cutter cutter = new Cutter(telemetry, NO_LIMIT, NO_LIMIT);
    return only(cutter.keepRange(0, ordinals.length()).keepOnly(ordinals));
  }

  /**
   * Joins requests of one signal: on the wire a repeated field concatenates, so this copies bytes
   * and looks at none of them.
   */
  public static Telemetry concat(List<Telemetry> parts) {
    Telemetry first = parts.getFirst();
    if (parts.size() == 1) {
      return first;
    }
    long size = 0;
    long items = 0;
    for (Telemetry part : parts) {
      if (part.signal() != first.signal()) {
        throw new IllegalArgumentException(part.signal() + " among " + first.signal());
      }
      size += part.size();
      items += part.items();
    }
    byte[] bytes = new byte[Math.toIntExact(size)];
    int position = 0;
    for (Telemetry part : parts) {
      System.arraycopy(part.bytes(), 0, bytes, position, part.size());
      position += part.size();
    }
    return new Telemetry(first.signal(), bytes, Math.toIntExact(items));
  }

  private static @Nullable Telemetry only(Cutter cutter) {
    List<Telemetry> pieces = cutter.cut();
    return pieces.isEmpty() ? null : pieces.getFirst();
  }
}
