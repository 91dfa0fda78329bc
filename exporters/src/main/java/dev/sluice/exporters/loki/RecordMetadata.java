package dev.sluice.exporters.loki;

import java.nio.charset.StandardCharsets;

/**
 * Collects all structured metadata of one entry, in the order in which names are given away: the
 * record's fields, its attributes, its scope, its resource. Hot path; not thread-safe.
 */
final class RecordMetadata {
  // Also those that PlainEntries writes.
  static final byte[] OBSERVED = ascii("observed_timestamp");
  static final byte[] SEVERITY_NUMBER = ascii("severity_number");
  static final byte[] SEVERITY_TEXT = ascii("severity_text");
  static final byte[] DROPPED = ascii("dropped_attributes_count");
  static final byte[] FLAGS = ascii("flags");
  static final byte[] TRACE_ID = ascii("trace_id");
  static final byte[] SPAN_ID = ascii("span_id");
  static final byte[] EVENT_NAME = ascii("event_name");
  private static final byte[] TRUNCATED = ascii("line_truncated_bytes");

  private final MetadataWriter out;
  private final boolean enabled;
  private final AttributePosition at = new AttributePosition();

  /** Writes to {@code out}, or nothing at all when it is not enabled. */
  RecordMetadata(MetadataWriter out, boolean enabled) {
    this.out = out;
    this.enabled = enabled;
  }

  /**
   * Writes the metadata of a record.
   *
   * @param attributesInLine whether the line has the attributes of record and resource already
   * @param truncatedBytes how much of the line was cut off
   */
  void write(
      LogRecordPositions record,
      Placement placement,
      MetadataBlock scope,
      boolean attributesInLine,
      int truncatedBytes) {
    out.begin();
    if (!enabled) {
      return;
    }
    writeFields(record);
    if (truncatedBytes > 0) {
      out.number(TRUNCATED, truncatedBytes);
    }
    if (!attributesInLine) {
      writeAttributes(record, placement);
    }
    out.block(scope);
    if (!attributesInLine) {
      out.block(placement.resource());
    }
  }

  private void writeFields(LogRecordPositions record) {
    byte[] source = record.source();
    if (record.timeNanos() != 0 && record.observedNanos() != 0) {
      out.number(OBSERVED, record.observedNanos());
    }
    writeNumber(SEVERITY_NUMBER, record.severityNumber());
    writeText(SEVERITY_TEXT, source, record.severityOffset(), record.severityLength());
    writeNumber(DROPPED, record.droppedAttributes());
    writeNumber(FLAGS, record.flags());
    if (record.traceIdLength() > 0) {
      out.hex(TRACE_ID, source, record.traceIdOffset(), record.traceIdLength());
    }
    if (record.spanIdLength() > 0) {
      out.hex(SPAN_ID, source, record.spanIdOffset(), record.spanIdLength());
    }
    writeText(EVENT_NAME, source, record.eventNameOffset(), record.eventNameLength());
  }

  private void writeNumber(byte[] name, long number) {
    if (number != 0) {
      out.number(name, number);
    }
  }

  private void writeText(byte[] name, byte[] source, int offset, int length) {
    if (length > 0) {
      out.text(name, source, offset, length);
    }
  }

  private void writeAttributes(LogRecordPositions record, Placement placement) {
    byte[] source = record.source();
    for (int i = 0; i < record.attributeCount(); i++) {
      at.read(source, record.attributeOffset(i), record.attributeLength(i));
      if (!placement.isLabel(source, at.keyOffset(), at.keyLength()) && !Hints.isHint(source, at)) {
        out.attribute(source, at);
      }
    }
  }

  private static byte[] ascii(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }
}
