package dev.sluice.pipeline;

import dev.sluice.otlp.Split;
import dev.sluice.otlp.Telemetry;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes what an exporter has lost to the dead letters, under the exporter's name. Never blocks. */
@FunctionalInterface
interface Undertaker {
  /**
   * Takes lost telemetry; false when it cannot be kept.
   *
   * @param kept as for {@link DeadLetters#offer}
   */
  boolean bury(Telemetry telemetry, String rule, String reason, Consumer<String> kept);

  /**
   * The items of each loss as a request of their own; null for those of which only the number is
   * known.
   */
  static List<@Nullable Telemetry> extract(Batch batch, List<Loss> losses) {
    List<@Nullable Telemetry> extracted = new ArrayList<>(losses.size());
    for (Loss loss : losses) {
      BitSet ordinals = loss.kind() == Loss.Kind.REJECTED ? loss.ordinals() : null;
      extracted.add(ordinals == null ? null : Split.select(Split.concat(batch.parts()), ordinals));
    }
    return extracted;
  }
}
