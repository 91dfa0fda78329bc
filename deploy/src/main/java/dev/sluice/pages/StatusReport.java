package dev.sluice.pages;

import dev.sluice.journal.JournalStatus;
import dev.sluice.pipeline.MemoryBudget;
import dev.sluice.pipeline.PipelineStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The truth about delivery as JSON: for each pipeline and exporter how old the oldest undelivered
 * item is, when delivering last succeeded and last failed, and where every accepted item is.
 */
public final class StatusReport {
  private static final long NANOS = 1_000_000_000L;

  private StatusReport() {}

  /**
   * Writes the report.
   *
   * @param phase {@code starting}, {@code ready} or {@code draining}
   * @param journals of the pipelines that have one, by id
   */
  public static String write(
      String phase,
      MemoryBudget memory,
      List<PipelineStatus> pipelines,
      Map<String, JournalStatus> journals) {
    return Json.object(json -> {
      json.writeStringProperty("status", phase);
      json.writeObjectPropertyStart("memory");
      json.writeNumberProperty("held_bytes", memory.heldBytes());
      json.writeNumberProperty("limit_bytes", memory.limitBytes());
      json.writeEndObject();
      json.writeArrayPropertyStart("pipelines");
      pipelines.forEach(pipeline -> pipeline(json, pipeline, journals.get(pipeline.id())));
      json.writeEndArray();
    });
  }

  /** An instant from nanoseconds since the epoch. */
  static Instant instant(long epochNanos) {
    return Instant.ofEpochSecond(epochNanos / NANOS, epochNanos % NANOS);
  }

  private static void pipeline(
      JsonGenerator json, PipelineStatus pipeline, @Nullable JournalStatus journal) {
    json.writeStartObject();
    json.writeStringProperty("id", pipeline.id());
    json.writeStringProperty("signal", pipeline.signal().label());
    json.writeStringProperty("durability", journal == null ? "memory" : journal.mode());
    if (journal != null) {
      journal(json, journal);
    }
    json.writeArrayPropertyStart("exporters");
    pipeline.exporters().forEach(exporter -> exporter(json, exporter));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void journal(JsonGenerator json, JournalStatus journal) {
    json.writeObjectPropertyStart("journal");
    json.writeBooleanProperty("healthy", journal.healthy());
    json.writeStringProperty("reason", journal.reason());
    json.writeBooleanProperty("full", journal.full());
    json.writeNumberProperty("segments", journal.segments());
    json.writeNumberProperty("bytes", journal.bytes());
    json.writeNumberProperty("capacity_bytes", journal.capacityBytes());
    json.writeNumberProperty("usable_bytes", journal.usableBytes());
    time(json, "oldest", journal.oldestEpochNanos());
    json.writeNumberProperty("lost_items", journal.lostItems() + journal.unreadableItems());
    json.writeNumberProperty("truncated_bytes", journal.truncatedBytes());
    json.writeNumberProperty("write_failures", journal.failures());
    json.writeEndObject();
  }

  private static void exporter(JsonGenerator json, PipelineStatus.Exporter exporter) {
    json.writeStartObject();
    json.writeStringProperty("id", exporter.id());
    json.writeBooleanProperty("failing", exporter.failing());
    json.writeNumberProperty(
        "oldest_undelivered_age_seconds", exporter.oldestAgeNanos() / (double) NANOS);
    time(json, "last_success", exporter.lastSuccessEpochNanos());
    time(json, "last_error", exporter.lastErrorEpochNanos());
    json.writeStringProperty("last_error_message", exporter.lastError());
    json.writeObjectPropertyStart("queue");
    json.writeNumberProperty("requests", exporter.heldRequests());
    json.writeNumberProperty("bytes", exporter.heldBytes());
    json.writeNumberProperty("capacity_bytes", exporter.capacityBytes());
    json.writeEndObject();
    items(json, exporter);
    json.writeEndObject();
  }

  /** Each accepted item is in exactly one of these; {@code unaccounted} is 0, or there is a bug. */
  private static void items(JsonGenerator json, PipelineStatus.Exporter exporter) {
    json.writeObjectPropertyStart("items");
    json.writeNumberProperty("accepted", exporter.accepted());
    json.writeNumberProperty("resumed", exporter.resumed());
    json.writeNumberProperty("delivered", exporter.delivered());
    json.writeNumberProperty("held", exporter.held());
    json.writeNumberProperty("on_disk", exporter.onDisk());
    json.writeNumberProperty("dead_lettered", exporter.deadLettered());
    json.writeObjectPropertyStart("dropped");
    for (Map.Entry<String, Long> rule : exporter.dropped().entrySet()) {
      json.writeNumberProperty(rule.getKey(), rule.getValue());
    }
    json.writeEndObject();
    json.writeNumberProperty("unaccounted", exporter.unaccounted());
    json.writeEndObject();
  }

  private static void time(JsonGenerator json, String name, long epochNanos) {
    if (epochNanos == 0) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, instant(epochNanos).toString());
    }
  }
}
