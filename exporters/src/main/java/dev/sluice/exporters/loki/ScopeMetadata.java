package dev.sluice.exporters.loki;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import java.nio.charset.StandardCharsets;

/** The structured metadata of an {@code InstrumentationScope}. Cold path: it is cached. */
final class ScopeMetadata {
  private static final byte[] NAME = "scope_name".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VERSION = "scope_version".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DROPPED =
      "scope_dropped_attributes_count".getBytes(StandardCharsets.US_ASCII);

  private ScopeMetadata() {}

  static MetadataBlock of(
      byte[] source, int offset, int length, MetadataWriter metadata, MetadataNames names) {
    metadata.begin();
    writeFields(new WireReader().reset(source, offset, length), metadata);
    writeAttributes(new WireReader().reset(source, offset, length), metadata);
    return metadata.toBlock(names);
  }

  private static void writeFields(WireReader scope, MetadataWriter metadata) {
    while (scope.next()) {
      switch (scope.field()) {
        case Otlp.InstrumentationScope.NAME -> writeText(NAME, scope, metadata);
        case Otlp.InstrumentationScope.VERSION -> writeText(VERSION, scope, metadata);
        case Otlp.InstrumentationScope.DROPPED_ATTRIBUTES_COUNT -> {
          long dropped = scope.varint() & 0xffffffffL;
          if (dropped != 0) {
            metadata.number(DROPPED, dropped);
          }
        }
        default -> scope.skip();
      }
    }
  }

  private static void writeText(byte[] name, WireReader scope, MetadataWriter metadata) {
    int length = scope.length();
    if (length > 0) {
      metadata.text(name, scope.array(), scope.position() - length, length);
    }
  }

  private static void writeAttributes(WireReader scope, MetadataWriter metadata) {
    AttributePosition at = new AttributePosition();
    while (scope.next()) {
      if (scope.field() == Otlp.InstrumentationScope.ATTRIBUTES) {
        int length = scope.length();
        metadata.attribute(
            scope.array(), at.read(scope.array(), scope.position() - length, length));
      } else {
        scope.skip();
      }
    }
  }
}
