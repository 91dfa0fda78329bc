package dev.sluice.receivers.compression;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * gzip (RFC 1952), members concatenated or not, and zlib (RFC 1950). Stateless.
 *
 * <p>The length in a gzip trailer is believed only as a hint of how much to set aside, and only as
 * far as deflate could make it true.
 */
final class Deflate {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int HEADER_BYTES = 10;
  private static final int TRAILER_BYTES = 8;
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int FLAGS_RESERVED = 0xe0;

  /** Deflate makes of one byte no more than these. */
  private static final int RATIO_MAX = 1032;

  private static final int RATIO_USUAL = 4;

  private Deflate() {}

  static void gzip(byte[] body, Output output) throws DecompressionException {
    int position = 0;
    Inflater inflater = new Inflater(true);
    try {
      do {
        position = member(body, position, inflater, output);
        inflater.reset();
      } while (position < body.length);
    } finally {
      inflater.end();
    }
  }

  static void zlib(byte[] body, Output output) throws DecompressionException {
    Inflater inflater = new Inflater(false);
    try {
      output.guess((long) RATIO_USUAL * body.length);
      inflater.setInput(body);
      inflate("zlib", inflater, output);
      if (inflater.getRemaining() > 0) {
        throw DecompressionException.malformed("zlib: data behind the end of the stream");
      }
    } finally {
      inflater.end();
    }
  }

  private static int member(byte[] body, int start, Inflater inflater, Output output)
      throws DecompressionException {
    int data = header(body, start);
    hint(body, data, output);
    int before = output.size();
    inflater.setInput(body, data, body.length - data);
    inflate("gzip", inflater, output);
    int trailer = body.length - inflater.getRemaining();
    if (inflater.getRemaining() < TRAILER_BYTES) {
      throw cut("gzip");
    }
    CRC32 crc = new CRC32();
    crc.update(output.array(), before, output.size() - before);
    if ((int) INT.get(body, trailer) != (int) crc.getValue()) {
      throw DecompressionException.malformed("gzip: wrong checksum");
    }
    if ((int) INT.get(body, trailer + 4) != output.size() - before) {
      throw DecompressionException.malformed("gzip: wrong length in the trailer");
    }
    return trailer + TRAILER_BYTES;
  }

  /** Where the deflated data of the member begin. */
  private static int header(byte[] body, int start) throws DecompressionException {
    if (body.length - start < HEADER_BYTES) {
      throw start == 0 ? cut("gzip") : behind();
    }
    if (body[start] != 0x1f || body[start + 1] != (byte) 0x8b) {
      throw start == 0 ? DecompressionException.malformed("gzip: not a gzip stream") : behind();
    }
    int flags = body[start + 3];
    if (body[start + 2] != 8 || (flags & FLAGS_RESERVED) != 0) {
      throw DecompressionException.malformed("gzip: unknown method or flags");
    }
    int position = start + HEADER_BYTES;
    if ((flags & FLAG_EXTRA) != 0) {
      position = available(body, position, 2);
      int low = body[position - 2] & 0xff;
      position = available(body, position, low | (body[position - 1] & 0xff) << 8);
    }
    position = (flags & FLAG_NAME) != 0 ? text(body, position) : position;
    position = (flags & FLAG_COMMENT) != 0 ? text(body, position) : position;
    return (flags & FLAG_HEADER_CRC) != 0 ? headerCrc(body, start, position) : position;
  }

  private static int headerCrc(byte[] body, int start, int position) throws DecompressionException {
    int end = available(body, position, 2);
    CRC32 crc = new CRC32();
    crc.update(body, start, position - start);
    int claimed = (body[position] & 0xff) | (body[position + 1] & 0xff) << 8;
    if (claimed != (crc.getValue() & 0xffff)) {
      throw DecompressionException.malformed("gzip: wrong checksum of the header");
    }
    return end;
  }

  private static int available(byte[] body, int position, int bytes) throws DecompressionException {
    if (bytes > body.length - position) {
      throw cut("gzip");
    }
    return position + bytes;
  }

  private static int text(byte[] body, int start) throws DecompressionException {
    for (int i = start; i < body.length; i++) {
      if (body[i] == 0) {
        return i + 1;
      }
    }
    throw cut("gzip");
  }

  private static void hint(byte[] body, int data, Output output) throws DecompressionException {
    if (body.length - data < TRAILER_BYTES) {
      throw cut("gzip");
    }
    long claimed = Integer.toUnsignedLong((int) INT.get(body, body.length - 4));
    if (claimed <= (long) RATIO_MAX * (body.length - data)) {
      output.expect(claimed);
    }
  }

  private static void inflate(String name, Inflater inflater, Output output)
      throws DecompressionException {
    byte[] probe = new byte[1];
    try {
      while (!inflater.finished()) {
        // A full array may be the whole: only one byte more shows that it must grow.
        boolean full = output.room() == 0;
        int count =
            full
                ? inflater.inflate(probe)
                : inflater.inflate(output.array(), output.size(), output.room());
        if (count > 0 && full) {
          output.add(probe[0]);
        } else if (count > 0) {
          output.advance(count);
        } else if (inflater.needsDictionary()) {
          throw DecompressionException.malformed(name + ": needs a preset dictionary");
        } else if (!inflater.finished()) {
          throw cut(name);
        }
      }
    } catch (DataFormatException e) {
      throw DecompressionException.malformed(name + ": " + e.getMessage());
    }
  }

  private static DecompressionException cut(String name) {
    return DecompressionException.malformed(name + ": the stream is cut off");
  }

  private static DecompressionException behind() {
    return DecompressionException.malformed("gzip: data behind the end of the stream");
  }
}
