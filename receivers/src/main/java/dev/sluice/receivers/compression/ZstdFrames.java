package dev.sluice.receivers.compression;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * zstd (RFC 8878), one frame or several. Stateless.
 *
 * <p>A frame that tells its size is decompressed at once into an array of that size. One that does
 * not is streamed, with a window of at most 8 MiB as the RFC recommends: a frame may ask for more,
 * and is refused.
 */
final class ZstdFrames {
  private static final int WINDOW_LOG_MAX = 23;

  private static final int RATIO_USUAL = 4;

  private ZstdFrames() {}

  static void decompress(byte[] body, Output output) throws DecompressionException {
    if (body.length == 0) {
      throw DecompressionException.malformed("zstd: the stream is cut off");
    }
    int position = 0;
    try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
      while (position < body.length) {
        long length = Zstd.findFrameCompressedSize(body, position, body.length - position);
        if (Zstd.isError(length)) {
          throw DecompressionException.malformed("zstd: " + Zstd.getErrorName(length));
        }
        long size = Zstd.getFrameContentSize(body, position, (int) length);
        if (size < 0) {
          stream(body, position, output);
          return;
        }
        output.expect(size);
        output.advance(
            context.decompressByteArray(
                output.array(), output.size(), (int) size, body, position, (int) length));
        position += (int) length;
      }
    } catch (ZstdException e) {
      throw DecompressionException.malformed("zstd: " + e.getMessage());
    }
  }

  private static void stream(byte[] body, int start, Output output) throws DecompressionException {
    try (ZstdInputStreamNoFinalizer stream =
        new ZstdInputStreamNoFinalizer(
            new ByteArrayInputStream(body, start, body.length - start))) {
      stream.setLongMax(WINDOW_LOG_MAX);
      output.guess((long) RATIO_USUAL * (body.length - start));
      byte[] probe = new byte[1];
      while (true) {
        // A full array may be the whole: only one byte more shows that it must grow.
        boolean full = output.room() == 0;
        int count =
            full
                ? stream.read(probe, 0, 1)
                : stream.read(output.array(), output.size(), output.room());
        if (count < 0) {
          return;
        }
        if (full) {
          output.add(probe[0]);
        } else {
          output.advance(count);
        }
      }
    } catch (IOException e) {
      throw DecompressionException.malformed("zstd: " + e.getMessage());
    }
  }
}
