package dev.sluice.exporters.loki;

import dev.sluice.exporters.http.HttpClientSettings;
import dev.sluice.meters.Meters;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Loss;
import dev.sluice.pipeline.ManualClock;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.xerial.snappy.Snappy;

/** An encoder with its settings, and what it makes of batches. */
final class Encoding {
  private final LokiSettings settings;
  private final Meters meters = new Meters();
  private final ManualClock clock = new ManualClock();
  private final LogEncoder encoder;
  private List<Loss> losses = List.of();

  private Encoding(LokiSettings settings, boolean shortcut) {
    this.settings = settings;
    encoder = new LogEncoder(settings, clock, meters.loki("loki"), shortcut);
  }

  static Encoding byDefault() {
    return of(LabelSettings.DEFAULTS, Limits.DEFAULTS);
  }

  static Encoding of(LabelSettings labels) {
    return of(labels, Limits.DEFAULTS);
  }

  static Encoding of(Limits limits) {
    return of(LabelSettings.DEFAULTS, limits);
  }

  static Encoding of(LabelSettings labels, Limits limits) {
    return of(labels, limits, true);
  }

  /** One that writes plain records as all others, for {@code false}. */
  static Encoding of(LabelSettings labels, Limits limits, boolean shortcut) {
    return new Encoding(
        new LokiSettings(
            HttpClientSettings.DEFAULTS,
            "http://unused",
            null,
            PushEncoding.PROTOBUF,
            LineFormat.RAW,
            true,
            labels,
            limits),
        shortcut);
  }

  /** Labels of the old exporter only, as these names. */
  static Encoding old(String... names) {
    return of(new LabelSettings(List.of(), List.of(), Set.of(names)));
  }

  /** All entries of a batch, stream by stream. */
  List<PushedEntry> entries(Batch batch) {
    EncodedBatch encoded = encoder.encode(batch);
    losses = encoded.losses();
    List<PushedEntry> entries = new ArrayList<>();
    int bytesMax = settings.limits().requestBytesMax();
    for (PushBody body : PushBody.pack(encoded.streams(), bytesMax)) {
      entries.addAll(PushedEntry.decode(request(body)));
    }
    return entries;
  }

  List<PushedEntry> entries(ResourceLogs... logs) {
    return entries(Logs.batch(logs));
  }

  /** The requests of a batch. */
  List<PushBody> bodies(Batch batch) {
    return PushBody.pack(encoder.encode(batch).streams(), settings.limits().requestBytesMax());
  }

  /** A request as protobuf, written by a new writer and then uncompressed by libsnappy. */
  static byte[] request(PushBody body) {
    try {
      return Snappy.uncompress(new PushWriter(PushEncoding.PROTOBUF).write(body).toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one entry that a record of a resource becomes. */
  PushedEntry entry(Resource resource, LogRecord record) {
    List<PushedEntry> entries = entries(Logs.resourceLogs(resource, record));
    if (entries.size() != 1) {
      throw new AssertionError(entries.size() + " entries");
    }
    return entries.getFirst();
  }

  /** The losses of the last batch. */
  List<Loss> losses() {
    return losses;
  }

  ManualClock clock() {
    return clock;
  }

  /** The value of one of the exporter's counters. */
  int counted(String name) {
    return meters
        .scrape(false)
        .lines()
        .filter(line -> line.startsWith("sluice_exporter_loki_" + name))
        .mapToInt(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)).intValue())
        .sum();
  }
}
