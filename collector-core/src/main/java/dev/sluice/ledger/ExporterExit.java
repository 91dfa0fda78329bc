package dev.sluice.ledger;

import dev.sluice.ledger.LossRecord.Kind;
import dev.sluice.otlp.Split;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Ledger;
import dev.sluice.pipeline.Loss;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * One exporter of one pipeline: what it does with requests that are followed, and all that it
 * loses. Told under the ring's lock.
 */
final class ExporterExit implements Ledger.Exit {
  private final TelemetryLedger ledger;
  private final SampleShelf shelf;
  private final String exporter;
  private final Clock clock;

  ExporterExit(TelemetryLedger ledger, SampleShelf shelf, String exporter, Clock clock) {
    this.ledger = ledger;
    this.shelf = shelf;
    this.exporter = exporter;
    this.clock = clock;
  }

  @Override
  public void taken(long from, long to, Batch batch) {
    if (shelf.has(from, to)) {
      shelf.taken(from, to, exporter, batch, clock.epochNanos());
    }
  }

  @Override
  public void failed(long from, long to, String reason) {
    if (shelf.has(from, to)) {
      shelf.failed(from, to, exporter, reason, clock.epochNanos());
    }
  }

  @Override
  public void delivered(long from, long to, int items) {
    if (shelf.has(from, to)) {
      shelf.delivered(from, to, exporter, items, clock.epochNanos());
    }
  }

  @Override
  public void finished(long from, long to) {
    if (shelf.has(from, to)) {
      shelf.finished(from, to, exporter);
    }
  }

  @Override
  public void lost(Telemetry telemetry, String rule, String reason, String file) {
    int items = telemetry.items();
    Kind kind = file.isEmpty() ? Kind.DROPPED : Kind.DEAD_LETTERED;
    LossRecord loss =
        new LossRecord(
            clock.epochNanos(),
            kind,
            telemetry.signal(),
            "",
            shelf.pipeline(),
            exporter,
            rule,
            reason,
            file,
            items,
            items,
            List.of());
    ledger.lost(loss, telemetry.size(), () -> SubjectReader.read(telemetry));
  }

  @Override
  public void dropped(Batch batch, Loss loss) {
    boolean known = loss.ordinals() != null || loss.items() >= batch.items();
    LossRecord dropped =
        new LossRecord(
            clock.epochNanos(),
            Kind.DROPPED,
            batch.signal(),
            "",
            shelf.pipeline(),
            exporter,
            loss.rule(),
            loss.reason(),
            "",
            loss.items(),
            known ? loss.items() : batch.items(),
            List.of());
    ledger.lost(dropped, batch.bytes(), () -> subjects(batch, loss));
  }

  /** The subjects of the items that are lost, or of the whole batch when it is not known which. */
  private static List<Subjects> subjects(Batch batch, Loss loss) {
    BitSet ordinals = loss.ordinals();
    if (ordinals != null && !ordinals.isEmpty()) {
      Telemetry all = Split.concat(batch.parts());
      return SubjectReader.read(Objects.requireNonNull(Split.select(all, ordinals)));
    }
    List<Subjects> subjects = new ArrayList<>();
    batch.parts().forEach(part -> subjects.addAll(SubjectReader.read(part)));
    return subjects;
  }
}
