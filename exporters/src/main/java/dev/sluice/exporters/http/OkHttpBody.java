package dev.sluice.exporters.http;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** A body as OkHttp sends it: piece by piece, and once. */
final class OkHttpBody extends RequestBody {
  private final Body body;

  OkHttpBody(Body body) {
    this.body = body;
  }

  /** None: the header is set as it is, since parsing it would change it. */
  @Override
  public @Nullable MediaType contentType() {
    return null;
  }

  @Override
  public long contentLength() {
    return body.size();
  }

  /**
   * OkHttp then never sends it a second time by itself: when to do that is the sender's business.
   */
  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    for (Body.Piece piece : body.pieces()) {
      sink.write(piece.array(), piece.offset(), piece.length());
    }
  }
}
