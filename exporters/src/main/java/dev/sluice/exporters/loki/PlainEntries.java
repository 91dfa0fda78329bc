package dev.sluice.exporters.loki;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the entries of plain records straight into their stream. Hot path, measured by {@code
 * LokiEncoderBenchmark}: allocates only to grow, and for doubles. Not thread-safe.
 *
 * <p>A record is plain when its body is a string that needs no cut, its attributes are {@linkplain
 * PlainAttribute plain}, all names differ, and all of it fits the limits. Almost all are. Any other
 * is left to {@link MetadataWriter}, which writes the same bytes for a plain one.
 */
final class PlainEntries {
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  /** What the record's fields take beyond their own bytes: names, and 20 digits for a number. */
  private static final int FIELDS_BYTES_MAX = 512;

  /** What an attribute takes beyond its own bytes: a prefix of its name, lengths, digits. */
  private static final int ATTRIBUTE_BYTES_MAX = 64;

  private final int lineMax;
  private final int entriesMax;
  private final int bytesMax;
  private final MetadataNames names;
  private final MetadataName observed;
  private final MetadataName severityNumber;
  private final MetadataName severityText;
  private final MetadataName dropped;
  private final MetadataName flags;
  private final MetadataName traceId;
  private final MetadataName spanId;
  private final MetadataName eventName;
  private final EntryBuffer buffer = new EntryBuffer();
  private final PlainAttribute attribute = new PlainAttribute();
  private final PlainAttribute line = new PlainAttribute();

  /** By the number of a name: the entry that has it last, by {@code stamp}. */
  private int[] stamps = new int[256];

  private int stamp;
  private int entries;
  private long bytes;

  PlainEntries(Limits limits, MetadataNames names) {
    lineMax = limits.lineMax() > 0 ? limits.lineMax() : Integer.MAX_VALUE;
    entriesMax = limits.metadataEntriesMax();
    bytesMax = limits.metadataBytesMax();
    this.names = names;
    observed = names.fixed(RecordMetadata.OBSERVED);
    severityNumber = names.fixed(RecordMetadata.SEVERITY_NUMBER);
    severityText = names.fixed(RecordMetadata.SEVERITY_TEXT);
    dropped = names.fixed(RecordMetadata.DROPPED);
    flags = names.fixed(RecordMetadata.FLAGS);
    traceId = names.fixed(RecordMetadata.TRACE_ID);
    spanId = names.fixed(RecordMetadata.SPAN_ID);
    eventName = names.fixed(RecordMetadata.EVENT_NAME);
  }

  /** Whether the record's line is its body as it is, so that {@link #write} may be asked. */
  boolean hasPlainLine(LogRecordPositions record) {
    return !record.mayHaveHints()
        && line.readValue(record.source(), record.bodyOffset(), record.bodyLength())
        && line.kind() == Otlp.AnyValue.STRING_VALUE
        && line.valueLength() <= lineMax;
  }

  /**
   * Writes the entry of the record that {@link #hasPlainLine} was asked about; false when it is not
   * plain, and then {@code out} is as before.
   */
  boolean write(
      LogRecordPositions record,
      Placement placement,
      MetadataBlock scope,
      long timeNanos,
      WireWriter out) {
    MetadataBlock resource = placement.resource();
    begin();
    buffer.begin(out, room(record, scope, resource));
    buffer.timestamp(timeNanos);
    buffer.line(record.source(), line.valueOffset(), line.valueLength());
    boolean plain =
        fields(record)
            && attributes(record, placement)
            && takes(scope)
            && takes(resource)
            && entries <= entriesMax
            && bytes <= bytesMax;
    if (!plain) {
      return false;
    }
    buffer.pairs(scope.pairs());
    buffer.pairs(resource.pairs());
    buffer.end(out);
    return true;
  }

  private void begin() {
    entries = 0;
    bytes = 0;
    stamp++;
    if (stamp == 0) {
      Arrays.fill(stamps, 0);
      stamp = 1;
    }
  }

  /** At least what line and metadata take. */
  private static int room(LogRecordPositions record, MetadataBlock scope, MetadataBlock resource) {
    long room = (long) record.length() + record.traceIdLength() + record.spanIdLength();
    room += FIELDS_BYTES_MAX + (long) record.attributeCount() * ATTRIBUTE_BYTES_MAX;
    return Math.toIntExact(room + scope.pairs().length + resource.pairs().length);
  }

  private boolean fields(LogRecordPositions record) {
    return (record.timeNanos() == 0 || number(observed, record.observedNanos()))
        && number(severityNumber, record.severityNumber())
        && text(severityText, record, record.severityOffset(), record.severityLength())
        && number(dropped, record.droppedAttributes())
        && number(flags, record.flags())
        && hex(traceId, record, record.traceIdOffset(), record.traceIdLength())
        && hex(spanId, record, record.spanIdOffset(), record.spanIdLength())
        && text(eventName, record, record.eventNameOffset(), record.eventNameLength());
  }

  /** Writes a field unless it is 0. */
  private boolean number(MetadataName name, long value) {
    return value == 0 || integer(name, value);
  }

  /** Writes an integer; false when it is negative. */
  private boolean integer(MetadataName name, long value) {
    if (value < 0) {
      return false;
    }
    int digits = DecimalText.digits(value);
    take(name, digits);
    buffer.number(name, value, digits);
    return true;
  }

  private boolean text(MetadataName name, LogRecordPositions record, int offset, int length) {
    if (length > 0) {
      take(name, length);
      buffer.text(name, record.source(), offset, length);
    }
    return true;
  }

  private boolean hex(MetadataName name, LogRecordPositions record, int offset, int length) {
    if (length > 0) {
      take(name, 2 * length);
      buffer.hex(name, record.source(), offset, length);
    }
    return true;
  }

  private boolean attributes(LogRecordPositions record, Placement placement) {
    byte[] source = record.source();
    for (int i = 0; i < record.attributeCount(); i++) {
      if (!attribute.read(source, record.attributeOffset(i), record.attributeLength(i))) {
        return false;
      }
      int key = attribute.keyOffset();
      int length = attribute.keyLength();
      if (!placement.isLabel(source, key, length)) {
        MetadataName name = names.of(i, source, key, length);
        if (isThere(name.id()) || !write(name, source)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Writes the attribute's value; false for a negative integer. */
  private boolean write(MetadataName name, byte[] source) {
    return switch (attribute.kind()) {
      case Otlp.AnyValue.STRING_VALUE -> {
        take(name, attribute.valueLength());
        buffer.text(name, source, attribute.valueOffset(), attribute.valueLength());
        yield true;
      }
      case Otlp.AnyValue.INT_VALUE -> integer(name, attribute.integer());
      case Otlp.AnyValue.BOOL_VALUE -> ascii(name, attribute.integer() != 0 ? TRUE : FALSE);
      default ->
          ascii(name, DecimalText.of(attribute.float64()).getBytes(StandardCharsets.US_ASCII));
    };
  }

  private boolean ascii(MetadataName name, byte[] text) {
    take(name, text.length);
    buffer.text(name, text, 0, text.length);
    return true;
  }

  private boolean isThere(int id) {
    if (id >= stamps.length) {
      stamps = Arrays.copyOf(stamps, 2 * names.count());
    }
    return stamps[id] == stamp;
  }

  /** Counts a pair, and remembers its name. */
  private void take(MetadataName name, int valueLength) {
    stamps[name.id()] = stamp;
    entries++;
    bytes += name.length() + valueLength;
  }

  /** Counts the pairs of a resource or scope; false when one of their names is there already. */
  private boolean takes(MetadataBlock block) {
    for (int id : block.nameIds()) {
      if (isThere(id)) {
        return false;
      }
      stamps[id] = stamp;
    }
    entries += block.count();
    bytes += block.bytes();
    return block.dropped() == 0;
  }
}
