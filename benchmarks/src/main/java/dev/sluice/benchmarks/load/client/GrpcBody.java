package dev.sluice.benchmarks.load.client;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The bytes of a request as gRPC takes them, without a copy of its own. Reused. */
final class GrpcBody extends InputStream implements Drainable, KnownLength {
  private final byte[] bytes;
  private int position;
  private int limit;

  GrpcBody(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Starts again with the first bytes of the array. */
  GrpcBody of(int length) {
    position = 0;
    limit = length;
    return this;
  }

  @Override
  public int available() {
    return limit - position;
  }

  @Override
  public int read() {
    return position < limit ? bytes[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (position == limit) {
      return -1;
    }
    int part = Math.min(length, available());
    System.arraycopy(bytes, position, target, offset, part);
    position += part;
    return part;
  }

  @Override
  public int drainTo(OutputStream target) throws IOException {
    int length = available();
    target.write(bytes, position, length);
    position = limit;
    return length;
  }
}
