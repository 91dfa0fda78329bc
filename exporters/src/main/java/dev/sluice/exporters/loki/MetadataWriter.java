package dev.sluice.exporters.loki;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import dev.sluice.otlp.WireWriter;
import java.util.Arrays;

/**
 * Writes one entry's structured metadata, within Loki's limits. Hot path: allocates only to grow,
 * and where two names collide. Not thread-safe.
 *
 * <p>Names are made by {@link LabelName}; maps are flattened, their keys joined by an underscore,
 * as Loki's own OTLP endpoint does. What is added first keeps its name: another value under the
 * same name gets the suffix {@code _2}, {@code _3} and so on, and the same value again is left out.
 * What does not fit the limits is left out and counted, and smaller things after it may still fit.
 */
final class MetadataWriter {
  private final int entriesMax;
  private final int bytesMax;
  private final WireWriter out = new WireWriter(1024);
  private final WireWriter path = new WireWriter(128);
  private final ValueText values = new ValueText(out, false);
  private final NameSet names;
  private int entries;
  private int bytes;
  private int dropped;

  // Where the pair that is being admitted has its name and value.
  private int nameOffset;
  private int nameLength;
  private int valueOffset;
  private int valueLength;

  /** Makes a writer for at most so many pairs, with so many bytes in names and values. */
  MetadataWriter(int entriesMax, int bytesMax) {
    this.entriesMax = entriesMax;
    this.bytesMax = bytesMax;
    names = new NameSet(entriesMax);
  }

  /** Starts the metadata of another entry. */
  MetadataWriter begin() {
    out.reset();
    names.clear();
    entries = 0;
    bytes = 0;
    dropped = 0;
    return this;
  }

  /** The {@code structuredMetadata} fields written since {@link #begin()}. */
  byte[] array() {
    return out.array();
  }

  /** How many bytes of {@link #array()} were written. */
  int size() {
    return out.size();
  }

  /** How many pairs did not fit since {@link #begin()}. */
  int dropped() {
    return dropped;
  }

  /** Adds UTF-8 text under a name that is already one. */
  void text(byte[] name, byte[] source, int offset, int length) {
    int start = out.size();
    int pair = out.begin(Push.Entry.STRUCTURED_METADATA);
    out.bytes(Push.LabelPair.NAME, name, 0, name.length);
    out.bytes(Push.LabelPair.VALUE, source, offset, length);
    out.end(pair);
    admit(start);
  }

  /** Adds bytes as hexadecimal digits. */
  void hex(byte[] name, byte[] source, int offset, int length) {
    int start = out.size();
    int pair = out.begin(Push.Entry.STRUCTURED_METADATA);
    out.bytes(Push.LabelPair.NAME, name, 0, name.length);
    int value = out.begin(Push.LabelPair.VALUE);
    HexText.write(source, offset, length, out.reserve(2 * length), out.size());
    out.advance(2 * length);
    out.end(value);
    out.end(pair);
    admit(start);
  }

  void number(byte[] name, long number) {
    int start = out.size();
    int pair = out.begin(Push.Entry.STRUCTURED_METADATA);
    out.bytes(Push.LabelPair.NAME, name, 0, name.length);
    int value = out.begin(Push.LabelPair.VALUE);
    DecimalText.write(number, out);
    out.end(value);
    out.end(pair);
    admit(start);
  }

  /** Adds an attribute whose value is an {@code AnyValue} message. */
  void attribute(byte[] source, AttributePosition at) {
    if (at.isMap(source)) {
      path.reset();
      LabelName.write(source, at.keyOffset(), at.keyLength(), path);
      flatten(source, at.valueOffset(), at.valueLength(), 0, path.size());
    } else {
      pair(source, at.keyOffset(), at.keyLength(), source, at.valueOffset(), at.valueLength());
    }
  }

  /** Adds what {@link #toBlock} gave for a resource or scope. */
  void block(MetadataBlock block) {
    dropped += block.dropped();
    boolean fits = entries + block.count() <= entriesMax && bytes + block.bytes() <= bytesMax;
    if (fits && !collides(block)) {
      copy(block);
      return;
    }
    for (int i = 0; i < block.count(); i++) {
      int start = out.size();
      int from = block.starts()[i];
      out.raw(block.pairs(), from, block.starts()[i + 1] - from);
      admit(start);
    }
  }

  /** What was written since {@link #begin()}, to be copied into many entries. */
  MetadataBlock toBlock(MetadataNames table) {
    int[] starts = new int[entries + 1];
    int[] nameOffsets = new int[entries];
    int[] nameLengths = new int[entries];
    int[] nameHashes = new int[entries];
    int[] nameIds = new int[entries];
    int position = 0;
    for (int i = 0; i < entries; i++) {
      starts[i] = position;
      locate(position);
      nameOffsets[i] = nameOffset;
      nameLengths[i] = nameLength;
      nameHashes[i] = RawHash.of(out.array(), nameOffset, nameLength);
      nameIds[i] = table.id(out.array(), nameOffset, nameLength);
      position = valueOffset + valueLength;
    }
    starts[entries] = position;
    return new MetadataBlock(
        out.toByteArray(), starts, nameOffsets, nameLengths, nameHashes, nameIds, bytes, dropped);
  }

  private boolean collides(MetadataBlock block) {
    for (int i = 0; i < block.count(); i++) {
      int found =
          names.find(
              out.array(),
              block.pairs(),
              block.nameOffsets()[i],
              block.nameLengths()[i],
              block.nameHashes()[i]);
      if (found != NameSet.NONE) {
        return true;
      }
    }
    return false;
  }

  private void copy(MetadataBlock block) {
    int base = out.size();
    out.raw(block.pairs(), 0, block.pairs().length);
    for (int i = 0; i < block.count(); i++) {
      names.add(base + block.nameOffsets()[i], block.nameLengths()[i], block.nameHashes()[i]);
    }
    entries += block.count();
    bytes += block.bytes();
  }

  /** Adds the pairs of a map; {@code path[from, to)} is the name of the map itself. */
  private void flatten(byte[] source, int offset, int length, int from, int to) {
    WireReader map = new WireReader().reset(source, offset, length);
    AttributePosition child = new AttributePosition();
    while (map.next()) {
      if (map.field() != Otlp.AnyValue.KVLIST_VALUE) {
        map.skip();
        continue;
      }
      WireReader list = map.enter(new WireReader());
      while (list.next()) {
        if (list.field() == Otlp.KeyValueList.VALUES) {
          int size = list.length();
          child.read(source, list.position() - size, size);
          flattenChild(source, child, from, to);
        } else {
          list.skip();
        }
      }
    }
  }

  private void flattenChild(byte[] source, AttributePosition child, int from, int to) {
    int key = path.size();
    path.raw(path.array(), from, to - from);
    path.rawByte('_');
    path.raw(source, child.keyOffset(), child.keyLength());
    int end = path.size();
    if (child.isMap(source)) {
      LabelName.write(path.array(), key, end - key, path);
      flatten(source, child.valueOffset(), child.valueLength(), end, path.size());
    } else {
      pair(path.array(), key, end - key, source, child.valueOffset(), child.valueLength());
    }
    path.truncate(key);
  }

  private void pair(
      byte[] keys, int keyOffset, int keyLength, byte[] source, int offset, int length) {
    int start = out.size();
    int pair = out.begin(Push.Entry.STRUCTURED_METADATA);
    int name = out.begin(Push.LabelPair.NAME);
    LabelName.write(keys, keyOffset, keyLength, out);
    out.end(name);
    int value = out.begin(Push.LabelPair.VALUE);
    values.asString(source, offset, length);
    out.end(value);
    out.end(pair);
    admit(start);
  }

  /** Keeps the pair written at {@code start}, under another name if it must, or takes it back. */
  private void admit(int start) {
    locate(start);
    int hash = RawHash.of(out.array(), nameOffset, nameLength);
    int earlier = names.find(out.array(), out.array(), nameOffset, nameLength, hash);
    if (earlier != NameSet.NONE) {
      admitRenamed(start, earlier);
      return;
    }
    int size = nameLength + valueLength;
    if (entries == entriesMax || bytes + size > bytesMax) {
      out.truncate(start);
      dropped++;
      return;
    }
    names.add(nameOffset, nameLength, hash);
    entries++;
    bytes += size;
  }

  private void admitRenamed(int start, int firstEarlier) {
    byte[] base = Arrays.copyOfRange(out.array(), nameOffset, nameOffset + nameLength);
    byte[] value = Arrays.copyOfRange(out.array(), valueOffset, valueOffset + valueLength);
    int earlier = firstEarlier;
    WireWriter name = new WireWriter(base.length + 4);
    for (int number = 2; earlier != NameSet.NONE; number++) {
      if (isValueAfter(earlier, nameLength, value)) {
        out.truncate(start);
        return;
      }
      name.reset().raw(base, 0, base.length);
      name.rawByte('_');
      DecimalText.write(number, name);
      nameLength = name.size();
      int hash = RawHash.of(name.array(), 0, name.size());
      earlier = names.find(out.array(), name.array(), 0, name.size(), hash);
    }
    out.truncate(start);
    text(name.toByteArray(), value, 0, value.length);
  }

  private boolean isValueAfter(int name, int length, byte[] value) {
    int at = name + length + 1;
    int size = varint(at);
    int from = at + WireWriter.varintSize(size);
    return size == value.length
        && Arrays.equals(out.array(), from, from + size, value, 0, value.length);
  }

  /** Finds name and value of the pair at {@code start}, which this class has written. */
  private void locate(int start) {
    int at = start + 1;
    at += WireWriter.varintSize(varint(at)) + 1;
    nameLength = varint(at);
    nameOffset = at + WireWriter.varintSize(nameLength);
    at = nameOffset + nameLength + 1;
    valueLength = varint(at);
    valueOffset = at + WireWriter.varintSize(valueLength);
  }

  private int varint(int at) {
    byte[] array = out.array();
    int value = 0;
    int shift = 0;
    int position = at;
    while (array[position] < 0) {
      value |= (array[position++] & 0x7f) << shift;
      shift += 7;
    }
    return value | array[position] << shift;
  }
}
