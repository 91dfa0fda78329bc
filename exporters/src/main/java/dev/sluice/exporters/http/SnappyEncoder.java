package dev.sluice.exporters.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.xerial.snappy.Snappy;

/** The Snappy block format: what {@code snappy} means in remote write, Loki and the Collector. */
final class SnappyEncoder implements Encoder {
  private final Scratch input = new Scratch();
  private final Scratch output = new Scratch();

  @Override
  public Body encode(Body body) {
    Body.Piece source = body.joined(input);
    byte[] target = output.atLeast(Snappy.maxCompressedLength(source.length()));
    try {
      int written = Snappy.compress(source.array(), source.offset(), source.length(), target, 0);
      return output.take(written);
    } catch (IOException e) {
      throw new UncheckedIOException("snappy cannot compress " + source.length() + " bytes", e);
    }
  }

  @Override
  public void close() {}
}
