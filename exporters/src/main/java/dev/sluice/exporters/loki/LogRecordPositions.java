package dev.sluice.exporters.loki;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import java.util.Arrays;

/**
 * Where a {@code LogRecord} message has its fields. Hot path: one is reused for any number of
 * records. Not thread-safe. Fields that are absent have length 0.
 */
final class LogRecordPositions {
  private final WireReader reader = new WireReader();
  private byte[] source = new byte[0];
  private int length;
  private long timeNanos;
  private long observedNanos;
  private long severityNumber;
  private long droppedAttributes;
  private int flags;
  private int bodyOffset;
  private int bodyLength;
  private boolean hasBody;
  private int severityOffset;
  private int severityLength;
  private int traceIdOffset;
  private int traceIdLength;
  private int spanIdOffset;
  private int spanIdLength;
  private int eventNameOffset;
  private int eventNameLength;
  private int[] attributes = new int[64];
  private int attributeCount;
  private boolean mayHaveHints;

  /** Reads the {@code LogRecord} message in {@code bytes[offset, offset + size)}. */
  void read(byte[] bytes, int offset, int size) {
    clear();
    source = bytes;
    length = size;
    reader.reset(bytes, offset, size);
    while (reader.next()) {
      readField();
    }
  }

  private void clear() {
    timeNanos = 0;
    observedNanos = 0;
    severityNumber = 0;
    droppedAttributes = 0;
    flags = 0;
    hasBody = false;
    bodyLength = 0;
    severityLength = 0;
    traceIdLength = 0;
    spanIdLength = 0;
    eventNameLength = 0;
    attributeCount = 0;
    mayHaveHints = false;
  }

  private void readField() {
    switch (reader.field()) {
      case Otlp.LogRecord.TIME_UNIX_NANO -> timeNanos = reader.fixed64();
      case Otlp.LogRecord.OBSERVED_TIME_UNIX_NANO -> observedNanos = reader.fixed64();
      case Otlp.LogRecord.SEVERITY_NUMBER -> severityNumber = (int) reader.varint();
      case Otlp.LogRecord.SEVERITY_TEXT -> {
        severityLength = reader.length();
        severityOffset = reader.position() - severityLength;
      }
      case Otlp.LogRecord.BODY -> {
        bodyLength = reader.length();
        bodyOffset = reader.position() - bodyLength;
        hasBody = bodyLength > 0;
      }
      case Otlp.LogRecord.ATTRIBUTES -> readAttribute();
      case Otlp.LogRecord.DROPPED_ATTRIBUTES_COUNT ->
          droppedAttributes = reader.varint() & 0xffffffffL;
      case Otlp.LogRecord.FLAGS -> flags = reader.fixed32();
      case Otlp.LogRecord.TRACE_ID -> {
        traceIdLength = reader.length();
        traceIdOffset = reader.position() - traceIdLength;
      }
      case Otlp.LogRecord.SPAN_ID -> {
        spanIdLength = reader.length();
        spanIdOffset = reader.position() - spanIdLength;
      }
      case Otlp.LogRecord.EVENT_NAME -> {
        eventNameLength = reader.length();
        eventNameOffset = reader.position() - eventNameLength;
      }
      default -> reader.skip();
    }
  }

  private void readAttribute() {
    if (attributes.length < attributeCount * 2 + 2) {
      attributes = Arrays.copyOf(attributes, attributes.length * 2);
    }
    int size = reader.length();
    int offset = reader.position() - size;
    attributes[attributeCount * 2] = offset;
    attributes[attributeCount * 2 + 1] = size;
    attributeCount++;
    mayHaveHints |= Hints.mayBeHint(source, offset, size);
  }

  byte[] source() {
    return source;
  }

  /** The bytes of the message. */
  int length() {
    return length;
  }

  long timeNanos() {
    return timeNanos;
  }

  long observedNanos() {
    return observedNanos;
  }

  long severityNumber() {
    return severityNumber;
  }

  long droppedAttributes() {
    return droppedAttributes;
  }

  long flags() {
    return flags & 0xffffffffL;
  }

  /** Whether there is a body with a value. */
  boolean hasBody() {
    return hasBody;
  }

  /** The offset of the body's {@code AnyValue} message. */
  int bodyOffset() {
    return bodyOffset;
  }

  int bodyLength() {
    return bodyLength;
  }

  int severityOffset() {
    return severityOffset;
  }

  int severityLength() {
    return severityLength;
  }

  int traceIdOffset() {
    return traceIdOffset;
  }

  /** The length of the trace id; 0 also when the id is all zeros. */
  int traceIdLength() {
    return isZero(traceIdOffset, traceIdLength) ? 0 : traceIdLength;
  }

  int spanIdOffset() {
    return spanIdOffset;
  }

  /** The length of the span id; 0 also when the id is all zeros. */
  int spanIdLength() {
    return isZero(spanIdOffset, spanIdLength) ? 0 : spanIdLength;
  }

  int eventNameOffset() {
    return eventNameOffset;
  }

  int eventNameLength() {
    return eventNameLength;
  }

  int attributeCount() {
    return attributeCount;
  }

  /** Whether an attribute could be a hint; false for almost all records. */
  boolean mayHaveHints() {
    return mayHaveHints;
  }

  /** The offset of the {@code KeyValue} message of an attribute. */
  int attributeOffset(int index) {
    return attributes[index * 2];
  }

  int attributeLength(int index) {
    return attributes[index * 2 + 1];
  }

  private boolean isZero(int offset, int size) {
    for (int i = offset; i < offset + size; i++) {
      if (source[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
