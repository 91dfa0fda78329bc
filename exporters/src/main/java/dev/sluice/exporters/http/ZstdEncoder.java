package dev.sluice.exporters.http;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

/** The Zstandard format (RFC 8878), one frame a body. */
final class ZstdEncoder implements Encoder {
  /** The fastest ordinary level, as the Collector's default. */
  private static final int DEFAULT_LEVEL = 1;

  private final ZstdCompressCtx context = new ZstdCompressCtx();
  private final Scratch input = new Scratch();
  private final Scratch output = new Scratch();

  ZstdEncoder(int level) {
    context.setLevel(level > 0 ? level : DEFAULT_LEVEL);
  }

  @Override
  public Body encode(Body body) {
    Body.Piece source = body.joined(input);
    byte[] target = output.atLeast(Math.toIntExact(Zstd.compressBound(source.length())));
    int written =
        context.compressByteArray(
            target, 0, target.length, source.array(), source.offset(), source.length());
    return output.take(written);
  }

  @Override
  public void close() {
    context.close();
  }
}
