package dev.sluice.receivers.compression;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.xerial.snappy.Snappy;

/**
 * Snappy: a block, or the framing format, whichever the first bytes show. Stateless. Follows {@code
 * framing_format.txt} of google/snappy.
 */
final class SnappyFrames {
  private static final byte[] MAGIC = "\u00ff\u0006\0\0sNaPpY".getBytes(ISO_8859_1);
  private static final int CHUNK_HEADER_BYTES = 4;
  private static final int CHECKSUM_BYTES = 4;
  private static final int CHUNK_BYTES_MAX = 64 << 10;
  private static final int COMPRESSED = 0x00;
  private static final int UNCOMPRESSED = 0x01;
  private static final int STREAM_IDENTIFIER = 0xff;
  private static final int SKIPPABLE_MIN = 0x80;
  private static final int MASK_DELTA = 0xa282ead8;

  /** A copy of 64 bytes takes three or two: no block grows more than this. */
  private static final int RATIO_MAX = 32;

  private SnappyFrames() {}

  static void decompress(byte[] body, Output output) throws DecompressionException {
    boolean framed =
        body.length >= MAGIC.length && Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    try {
      if (framed) {
        frames(body, output);
      } else {
        block(body, 0, body.length, output);
      }
    } catch (IOException e) {
      throw DecompressionException.malformed("snappy: " + e.getMessage());
    }
  }

  private static void frames(byte[] body, Output output)
      throws DecompressionException, IOException {
    int position = MAGIC.length;
    while (position < body.length) {
      if (body.length - position < CHUNK_HEADER_BYTES) {
        throw cut();
      }
      int type = body[position] & 0xff;
      int length = length(body, position + 1);
      position += CHUNK_HEADER_BYTES;
      if (length > body.length - position) {
        throw cut();
      }
      chunk(type, body, position, length, output);
      position += length;
    }
  }

  private static void chunk(int type, byte[] body, int start, int length, Output output)
      throws DecompressionException, IOException {
    if (type == COMPRESSED || type == UNCOMPRESSED) {
      if (length < CHECKSUM_BYTES) {
        throw cut();
      }
      int before = output.size();
      int data = start + CHECKSUM_BYTES;
      if (type == COMPRESSED) {
        block(body, data, length - CHECKSUM_BYTES, output);
      } else {
        output.add(body, data, length - CHECKSUM_BYTES);
      }
      if (output.size() - before > CHUNK_BYTES_MAX) {
        throw DecompressionException.malformed("snappy: a chunk is larger than 64 KiB");
      }
      verify(body, start, output, before);
    } else if (type == STREAM_IDENTIFIER) {
      if (!Arrays.equals(
          body, start - CHUNK_HEADER_BYTES, start + length, MAGIC, 0, MAGIC.length)) {
        throw DecompressionException.malformed("snappy: a stream identifier that is none");
      }
    } else if (type < SKIPPABLE_MIN) {
      throw DecompressionException.malformed("snappy: unknown chunk type " + type);
    }
  }

  private static void block(byte[] body, int start, int length, Output output)
      throws DecompressionException, IOException {
    if (length == 0) {
      throw cut();
    }
    int size = Snappy.uncompressedLength(body, start, length);
    if (size < 0 || size > (long) length * RATIO_MAX) {
      throw DecompressionException.malformed("snappy: a block claims more than it can hold");
    }
    output.expectMore(size);
    output.advance(Snappy.uncompress(body, start, length, output.array(), output.size()));
  }

  private static void verify(byte[] body, int start, Output output, int before)
      throws DecompressionException {
    CRC32C crc = new CRC32C();
    crc.update(output.array(), before, output.size() - before);
    int value = (int) crc.getValue();
    int masked = (value >>> 15 | value << 17) + MASK_DELTA;
    int claimed = length(body, start) | (body[start + 3] & 0xff) << 24;
    if (masked != claimed) {
      throw DecompressionException.malformed("snappy: wrong checksum");
    }
  }

  private static int length(byte[] body, int at) {
    return (body[at] & 0xff) | (body[at + 1] & 0xff) << 8 | (body[at + 2] & 0xff) << 16;
  }

  private static DecompressionException cut() {
    return DecompressionException.malformed("snappy: the stream is cut off");
  }
}
