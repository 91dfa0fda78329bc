package dev.sluice.exporters.loki;

import dev.sluice.meters.LokiMeters;
import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.Telemetry;
import dev.sluice.otlp.WireReader;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Loss;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the OTLP bytes of a batch into streams of Loki entries, in one walk. Hot path, measured by
 * {@code LokiEncoderBenchmark}: resources and scopes seen before cost a look-up, and a record
 * allocates nothing. Used by one thread at a time; an {@link EncodedBatch} is valid until the next.
 *
 * <p>A record's time is its own, else when it was observed, else now; its line is its body as text.
 * Trace and span id, severity, flags and the rest become structured metadata, under the names that
 * Loki's own OTLP endpoint gives them. Entries of a stream stay in the order of their arrival: Loki
 * takes them out of order, and the order of arrival tells more about equal times than a sort would.
 */
final class LogEncoder {
  static final String LINE_TOO_LONG = "line_too_long";
  static final String INVALID_TENANT = "invalid_tenant";

  /**
   * Loki ignores what is an hour older than the newest of its stream, by default, and less where
   * its chunks are shorter; what is older than this is sent so that the answer tells.
   */
  private static final long LATE_NANOS = 600_000_000_000L;

  /** Loki refuses what is further ahead, so it does not count as the newest. */
  private static final long AHEAD_NANOS = 600_000_000_000L;

  private static final int STREAMS_KEPT = 512;
  private static final long KEPT_BYTES_MAX = 16 << 20;

  private final Limits limits;
  private final Clock clock;
  private final LokiMeters meters;
  private final Placements placements;
  private final Lines lines;
  private final RecordMetadata recordMetadata;
  private final MetadataWriter metadata;
  private final @Nullable PlainEntries plain;
  private final LogRecordPositions record = new LogRecordPositions();
  private final WireReader request = new WireReader();
  private final WireReader envelope = new WireReader();
  private final WireReader scopeEnvelope = new WireReader();
  private final List<LogStream> idle = new ArrayList<>();
  private final List<LogStream> streams = new ArrayList<>();
  private BitSet tooLong = new BitSet();
  private BitSet homeless = new BitSet();
  private long idleBytes;
  private int ordinal;
  private long aheadNanos;

  LogEncoder(LokiSettings settings, Clock clock, LokiMeters meters) {
    this(settings, clock, meters, true);
  }

  /** An encoder that writes plain records as it does all others, for {@code false}. */
  LogEncoder(LokiSettings settings, Clock clock, LokiMeters meters, boolean shortcut) {
    this.limits = settings.limits();
    this.clock = clock;
    this.meters = meters;
    placements = new Placements(settings.labels(), limits, settings.tenant());
    lines = new Lines(settings.format());
    metadata = new MetadataWriter(limits.metadataEntriesMax(), limits.metadataBytesMax());
    boolean plainLines = settings.format() == LineFormat.RAW && settings.structuredMetadata();
    plain = shortcut && plainLines ? new PlainEntries(limits, placements.names()) : null;
    recordMetadata = new RecordMetadata(metadata, settings.structuredMetadata());
  }

  /** Encodes a batch of logs. */
  EncodedBatch encode(Batch batch) {
    recycle();
    placements.trim();
    ordinal = 0;
    aheadNanos = clock.epochNanos() + AHEAD_NANOS;
    tooLong = new BitSet();
    homeless = new BitSet();
    for (Telemetry part : batch.parts()) {
      encode(part.bytes());
    }
    return new EncodedBatch(List.copyOf(streams), losses());
  }

  private void encode(byte[] bytes) {
    request.reset(bytes, 0, bytes.length);
    while (request.next()) {
      if (request.field() == Otlp.ExportLogsServiceRequest.RESOURCE_LOGS) {
        int length = request.length();
        encodeResourceLogs(bytes, request.position() - length, length);
      } else {
        request.skip();
      }
    }
  }

  private void encodeResourceLogs(byte[] bytes, int offset, int length) {
    ResourcePlan plan = resource(envelope.reset(bytes, offset, length));
    envelope.reset(bytes, offset, length);
    while (envelope.next()) {
      if (envelope.field() == Otlp.ResourceLogs.SCOPE_LOGS) {
        int size = envelope.length();
        encodeScopeLogs(plan, bytes, envelope.position() - size, size);
      } else {
        envelope.skip();
      }
    }
  }

  /** The resource may stand anywhere in the message, so it is looked for first. */
  private ResourcePlan resource(WireReader reader) {
    int offset = reader.position();
    int length = 0;
    while (reader.next()) {
      if (reader.field() == Otlp.ResourceLogs.RESOURCE) {
        length = reader.length();
        offset = reader.position() - length;
      } else {
        reader.skip();
      }
    }
    return placements.resource(reader.array(), offset, length);
  }

  private void encodeScopeLogs(ResourcePlan plan, byte[] bytes, int offset, int length) {
    int scopeOffset = offset;
    int scopeLength = 0;
    scopeEnvelope.reset(bytes, offset, length);
    while (scopeEnvelope.next()) {
      if (scopeEnvelope.field() == Otlp.ScopeLogs.SCOPE) {
        scopeLength = scopeEnvelope.length();
        scopeOffset = scopeEnvelope.position() - scopeLength;
      } else {
        scopeEnvelope.skip();
      }
    }
    MetadataBlock scope = placements.scope(bytes, scopeOffset, scopeLength);
    lines.scope(bytes, scopeOffset, scopeLength);
    scopeEnvelope.reset(bytes, offset, length);
    while (scopeEnvelope.next()) {
      if (scopeEnvelope.field() == Otlp.ScopeLogs.LOG_RECORDS) {
        int size = scopeEnvelope.length();
        record.read(bytes, scopeEnvelope.position() - size, size);
        encodeRecord(plan, scope, ordinal++);
      } else {
        scopeEnvelope.skip();
      }
    }
  }

  private void encodeRecord(ResourcePlan plan, MetadataBlock scope, int number) {
    Placement placement = placements.place(plan, record);
    StreamLabels labels = placement.labels();
    if (labels == null) {
      homeless.set(number);
      return;
    }
    if (plain != null && plan.format() == null && plain.hasPlainLine(record)) {
      LogStream stream = stream(labels);
      long time = time();
      if (plain.write(record, placement, scope, time, stream.entries())) {
        stream.index(number, time);
        noteTime(stream, time);
        count(placement, 0);
        return;
      }
    }
    boolean attributesInLine = lines.write(plan, placement, record);
    int whole = lines.length();
    if (limits.lineMax() > 0 && whole > limits.lineMax()) {
      if (!limits.lineTruncated()) {
        tooLong.set(number);
        return;
      }
      lines.cut(limits.lineMax());
      meters.lineTruncated();
    }
    recordMetadata.write(record, placement, scope, attributesInLine, whole - lines.length());
    LogStream stream = stream(labels);
    long time = time();
    stream.append(number, time, lines.array(), lines.offset(), lines.length(), metadata);
    noteTime(stream, time);
    count(placement, metadata.dropped());
  }

  private LogStream stream(StreamLabels labels) {
    LogStream known = labels.stream();
    if (known != null) {
      return known;
    }
    LogStream stream = idle.isEmpty() ? new LogStream(labels) : reuse(labels);
    labels.stream(stream);
    streams.add(stream);
    return stream;
  }

  private void noteTime(LogStream stream, long time) {
    StreamLabels labels = stream.labels();
    if (time < labels.newestNanos() - LATE_NANOS) {
      stream.markLate();
    } else if (time > labels.newestNanos() && time <= aheadNanos) {
      labels.newestNanos(time);
    }
  }

  private long time() {
    if (record.timeNanos() != 0) {
      return record.timeNanos();
    }
    return record.observedNanos() != 0 ? record.observedNanos() : clock.epochNanos();
  }

  private void count(Placement placement, int metadataDropped) {
    if (placement.demoted() > 0) {
      meters.labelsDemoted(placement.demoted());
    }
    if (metadataDropped > 0) {
      meters.metadataDropped(metadataDropped);
    }
  }

  private List<Loss> losses() {
    List<Loss> losses = new ArrayList<>();
    add(losses, LINE_TOO_LONG, tooLong, "longer than max_line_size, " + limits.lineMax());
    add(losses, INVALID_TENANT, homeless, "loki.tenant names a value that is no tenant's name");
    return losses;
  }

  private static void add(List<Loss> losses, String rule, BitSet ordinals, String reason) {
    if (!ordinals.isEmpty()) {
      losses.add(Loss.dropped(rule, ordinals.cardinality(), ordinals, reason));
    }
  }

  private LogStream reuse(StreamLabels labels) {
    LogStream stream = idle.removeLast();
    idleBytes -= stream.capacity();
    return stream.reset(labels);
  }

  /** Takes back the streams of the last batch, except more and larger ones than worth keeping. */
  private void recycle() {
    for (LogStream stream : streams) {
      stream.labels().stream(null);
      if (idle.size() < STREAMS_KEPT && idleBytes + stream.capacity() <= KEPT_BYTES_MAX) {
        idle.add(stream);
        idleBytes += stream.capacity();
      }
    }
    streams.clear();
  }
}
