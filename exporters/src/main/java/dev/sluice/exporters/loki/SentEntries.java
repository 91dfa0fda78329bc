package dev.sluice.exporters.loki;

import dev.sluice.otlp.WireReader;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The entries of a request, to be found again by what Loki says of them. Cold path. */
final class SentEntries {
  /** Labels that Loki adds when it spreads a stream over several. */
  private static final Pattern SHARD =
      Pattern.compile("(?<=\\{|, )__(?:time|stream)_shard__=\"[^\"]*\"(?:, )?");

  private final Map<String, PushBody.Slice> slices = new HashMap<>();

  SentEntries(PushBody body) {
    for (PushBody.Slice slice : body.slices()) {
      slices.put(slice.stream().labels().text(), slice);
    }
  }

  /** The numbers in the batch of the entries of a stream that pass a test. */
  BitSet find(String labels, Test test) {
    PushBody.Slice slice = slices.get(labels);
    if (slice == null) {
      slice = slices.get(SHARD.matcher(labels).replaceAll(""));
    }
    BitSet found = new BitSet();
    for (int i = slice == null ? 0 : slice.from(); slice != null && i < slice.to(); i++) {
      if (test.passes(slice.stream(), i)) {
        found.set(slice.stream().ordinal(i));
      }
    }
    return found;
  }

  /** Whether an entry of a stream is meant. */
  @FunctionalInterface
  interface Test {
    boolean passes(LogStream stream, int index);
  }

  static int lineBytes(LogStream stream, int index) {
    return measure(stream, index).lineBytes;
  }

  /** How many bytes the names and values of an entry's metadata have. */
  static int metadataBytes(LogStream stream, int index) {
    return measure(stream, index).metadataBytes;
  }

  static int metadataEntries(LogStream stream, int index) {
    return measure(stream, index).metadataEntries;
  }

  private static Measures measure(LogStream stream, int index) {
    int start = stream.start(index);
    WireReader field = new WireReader();
    field.reset(stream.array(), start, stream.start(index + 1) - start).next();
    WireReader entry = field.enter(new WireReader());
    WireReader pair = new WireReader();
    int lineBytes = 0;
    int metadataBytes = 0;
    int metadataEntries = 0;
    while (entry.next()) {
      switch (entry.field()) {
        case Push.Entry.LINE -> lineBytes = entry.length();
        case Push.Entry.STRUCTURED_METADATA -> {
          metadataEntries++;
          entry.enter(pair);
          while (pair.next()) {
            metadataBytes += pair.length();
          }
        }
        default -> entry.skip();
      }
    }
    return new Measures(lineBytes, metadataBytes, metadataEntries);
  }

  private record Measures(int lineBytes, int metadataBytes, int metadataEntries) {}
}
