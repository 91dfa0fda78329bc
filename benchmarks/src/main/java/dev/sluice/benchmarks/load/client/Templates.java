package dev.sluice.benchmarks.load.client;

import com.github.luben.zstd.Zstd;
import dev.sluice.benchmarks.load.LoadCase;
import dev.sluice.benchmarks.payload.Payloads;
import dev.sluice.benchmarks.payload.SeriesPayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * The bodies of one case, all with the same number of items. Slots take them in turn, each its own
 * where there are enough, so that a series comes from one slot and in order. Immutable.
 */
public final class Templates {
  private static final int VARIANTS = 64;

  /** Bodies of a case are at most about this large together. */
  private static final int BYTES_TARGET = 64 << 20;

  private static final long SEED = 7;

  private final List<Template> variants;

  private Templates(List<Template> variants) {
    this.variants = List.copyOf(variants);
  }

  /** Makes the bodies of a case. */
  public static Templates of(LoadCase target, int items) {
    Payloads payloads = new Payloads(SEED, items);
    List<Template> variants = new ArrayList<>();
    long bytes = 0;
    while (variants.size() < VARIANTS && bytes < BYTES_TARGET) {
      Template template = template(target, payloads, items);
      bytes += template.length();
      variants.add(template);
    }
    return new Templates(variants);
  }

  private static Template template(LoadCase target, Payloads payloads, int items) {
    return switch (target.body()) {
      case PROTOBUF -> Template.of(payloads.next(target.signal()), items);
      case JSON -> Template.of(payloads.nextJson(target.signal()), items);
      case GZIP -> Template.fixed(gzip(payloads.next(target.signal())), items);
      case ZSTD -> Template.fixed(Zstd.compress(payloads.next(target.signal())), items);
    };
  }

  /** The body of counters whose series the load numbers. */
  public static Templates series(int items) {
    return new Templates(List.of(Template.of(SeriesPayload.request(items), items)));
  }

  public int items() {
    return variants.getFirst().items();
  }

  /** The largest body, in bytes. */
  public int lengthMax() {
    return variants.stream().mapToInt(Template::length).max().orElseThrow();
  }

  /** The template of a slot's turn. */
  Template of(int slot, int slots, long turn) {
    return variants.get((int) ((slot + turn * slots) % variants.size()));
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
