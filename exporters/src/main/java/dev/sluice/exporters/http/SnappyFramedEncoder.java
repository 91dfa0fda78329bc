package dev.sluice.exporters.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.xerial.snappy.SnappyFramedOutputStream;

/** The Snappy framing format: {@code x-snappy-framed}. */
final class SnappyFramedEncoder implements Encoder {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @Override
  public Body encode(Body body) {
    output.reset();
    try (SnappyFramedOutputStream framed = new SnappyFramedOutputStream(output)) {
      for (Body.Piece piece : body.pieces()) {
        framed.write(piece.array(), piece.offset(), piece.length());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("snappy cannot compress " + body.size() + " bytes", e);
    }
    return Body.of(output.toByteArray());
  }

  @Override
  public void close() {}
}
