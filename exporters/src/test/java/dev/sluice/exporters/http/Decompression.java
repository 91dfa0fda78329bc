package dev.sluice.exporters.http;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedInputStream;

/** Undoes every compression, by other code than what does it. */
public final class Decompression {
  private Decompression() {}

  public static byte[] decode(String encoding, byte[] bytes) {
    try (InputStream in = new ByteArrayInputStream(bytes)) {
      return switch (encoding) {
        case "none" -> bytes;
        case "gzip" -> new GZIPInputStream(in).readAllBytes();
        case "zlib", "deflate" -> new InflaterInputStream(in).readAllBytes();
        case "zstd" -> new ZstdInputStream(in).readAllBytes();
        case "snappy" -> Snappy.uncompress(bytes);
        case "x-snappy-framed" -> new SnappyFramedInputStream(in).readAllBytes();
        default -> throw new AssertionError("unknown encoding " + encoding);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
