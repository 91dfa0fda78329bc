package dev.sluice.receivers.compression;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedOutputStream;

/** What senders make of a body, by the usual libraries. */
public enum Compressed {
  GZIP(Encoding.GZIP),
  ZLIB(Encoding.ZLIB),
  ZSTD_SIZED(Encoding.ZSTD),
  ZSTD_STREAMED(Encoding.ZSTD),
  SNAPPY_BLOCK(Encoding.SNAPPY),
  SNAPPY_FRAMED(Encoding.SNAPPY);

  private final Encoding encoding;

  Compressed(Encoding encoding) {
    this.encoding = encoding;
  }

  public Encoding encoding() {
    return encoding;
  }

  public byte[] of(byte[] body) {
    try {
      return switch (this) {
        case GZIP -> through(GZIPOutputStream::new, body);
        case ZLIB -> through(DeflaterOutputStream::new, body);
        case ZSTD_SIZED -> Zstd.compress(body);
        case ZSTD_STREAMED -> through(ZstdOutputStream::new, body);
        case SNAPPY_BLOCK -> Snappy.compress(body);
        case SNAPPY_FRAMED -> through(SnappyFramedOutputStream::new, body);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Wrapping {
    OutputStream wrap(OutputStream out) throws IOException;
  }

  private static byte[] through(Wrapping wrapping, byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = wrapping.wrap(bytes)) {
      out.write(body);
    }
    return bytes.toByteArray();
  }
}
