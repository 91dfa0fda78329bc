package dev.sluice.exporters.http;

import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * The gzip (RFC 1952) and zlib (RFC 1950) formats, over one deflater that is reused.
 *
 * <p>The level, when none is asked for, is the fastest: of a span of 478 bytes it leaves 94 in 1.8
 * us, where level 6 leaves 84 in 5.3, as much as all the rest of its way costs.
 */
final class DeflateEncoder implements Encoder {
  private static final int GZIP_TRAILER_BYTES = 8;

  // Magic, deflate, no flags, no time, no extra flags, unknown system.
  private static final byte[] GZIP_HEADER = {
    0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff
  };

  /** Go's name for a level that only codes entropy; the JDK has it as a strategy. */
  private static final int HUFFMAN_ONLY_LEVEL = -2;

  private final boolean gzip;
  private final Deflater deflater;
  private final CRC32 crc = new CRC32();
  private final Scratch scratch = new Scratch();
  private byte[] output = new byte[0];
  private int position;

  DeflateEncoder(int level, boolean gzip) {
    this.gzip = gzip;
    deflater = new Deflater(level < 0 ? Deflater.BEST_SPEED : level, gzip);
    if (level == HUFFMAN_ONLY_LEVEL) {
      deflater.setStrategy(Deflater.HUFFMAN_ONLY);
    }
  }

  @Override
  public Body encode(Body body) {
    deflater.reset();
    crc.reset();
    position = 0;
    output = scratch.atLeast(Math.max(1024, body.size() / 4));
    if (gzip) {
      append(GZIP_HEADER);
    }
    for (Body.Piece piece : body.pieces()) {
      deflate(piece);
    }
    deflater.finish();
    while (!deflater.finished()) {
      step();
    }
    if (gzip) {
      appendTrailer(body.size());
    }
    output = new byte[0];
    return scratch.take(position);
  }

  private void deflate(Body.Piece piece) {
    if (gzip) {
      crc.update(piece.array(), piece.offset(), piece.length());
    }
    deflater.setInput(piece.array(), piece.offset(), piece.length());
    while (!deflater.needsInput()) {
      step();
    }
  }

  private void step() {
    if (position == output.length) {
      output = scratch.grown(position);
    }
    position += deflater.deflate(output, position, output.length - position);
  }

  private void append(byte[] bytes) {
    while (output.length - position < bytes.length) {
      output = scratch.grown(position);
    }
    System.arraycopy(bytes, 0, output, position, bytes.length);
    position += bytes.length;
  }

  private void appendTrailer(int size) {
    byte[] trailer = new byte[GZIP_TRAILER_BYTES];
    littleEndian((int) crc.getValue(), trailer, 0);
    littleEndian(size, trailer, 4);
    append(trailer);
  }

  private static void littleEndian(int value, byte[] target, int offset) {
    for (int i = 0; i < 4; i++) {
      target[offset + i] = (byte) (value >>> (8 * i));
    }
  }

  @Override
  public void close() {
    deflater.end();
  }
}
