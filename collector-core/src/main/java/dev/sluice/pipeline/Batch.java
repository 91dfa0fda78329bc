package dev.sluice.pipeline;

import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import java.util.List;

/**
 * Telemetry of one signal that is exported together, in the order in which it was accepted. Items
 * are numbered from 0 through all parts: that number is an item's ordinal.
 *
 * @param parts at least one; their bytes joined are one valid request
 * @param items the items of all parts
 * @param bytes the bytes of all parts
 */
public record Batch(Signal signal, List<Telemetry> parts, int items, long bytes) {
  public static Batch of(Signal signal, List<Telemetry> parts) {
    int items = 0;
    long bytes = 0;
    for (Telemetry part : parts) {
      items += part.items();
      bytes += part.size();
    }
    return new Batch(signal, List.copyOf(parts), items, bytes);
  }
}
