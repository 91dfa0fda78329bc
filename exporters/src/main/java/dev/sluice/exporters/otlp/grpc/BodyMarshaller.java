package dev.sluice.exporters.otlp.grpc;

import dev.sluice.exporters.http.Body;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Hands a body's pieces to gRPC as they are, without joining them. Hot path. */
final class BodyMarshaller implements Marshaller<Body> {
  @Override
  public InputStream stream(Body body) {
    return new BodyStream(body);
  }

  @Override
  public Body parse(InputStream stream) {
    throw new UnsupportedOperationException("bodies are sent, not received");
  }

  /** gRPC drains it, and asks for its length; it reads single bytes only in theory. */
  private static final class BodyStream extends InputStream implements Drainable, KnownLength {
    private final Body body;
    private InputStream rest = InputStream.nullInputStream();
    private boolean drained;
    private boolean reading;

    BodyStream(Body body) {
      this.body = body;
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      if (drained) {
        return 0;
      }
      drained = true;
      for (Body.Piece piece : body.pieces()) {
        target.write(piece.array(), piece.offset(), piece.length());
      }
      return body.size();
    }

    @Override
    public int available() throws IOException {
      if (reading) {
        return rest.available();
      }
      return drained ? 0 : body.size();
    }

    @Override
    public int read() throws IOException {
      return joined().read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return joined().read(target, offset, length);
    }

    private InputStream joined() {
      if (!reading && !drained) {
        reading = true;
        rest = new ByteArrayInputStream(body.toByteArray());
      }
      return rest;
    }
  }
}
