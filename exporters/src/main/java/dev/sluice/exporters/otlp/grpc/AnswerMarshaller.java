package dev.sluice.exporters.otlp.grpc;

import io.grpc.MethodDescriptor.Marshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Takes an answer's bytes, up to a limit: what is longer is no OTLP answer, and is not read. */
final class AnswerMarshaller implements Marshaller<byte[]> {
  private static final int BYTES_MAX = 64 << 10;

  @Override
  public InputStream stream(byte[] answer) {
    throw new UnsupportedOperationException("answers are received, not sent");
  }

  @Override
  public byte[] parse(InputStream stream) {
    try (stream) {
      byte[] answer = stream.readNBytes(BYTES_MAX + 1);
      return answer.length > BYTES_MAX ? new byte[0] : answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
