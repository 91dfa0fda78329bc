package dev.sluice.exporters.otlp.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;

/** What {@link GrpcPeer} does with a call. */
record GrpcReply(Status status, Metadata trailers, byte[] body, Manner manner) {
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  enum Manner {
    PROMPT,
    /** Reads the call, and never answers. */
    HANG,
    /** Answers the head, and then nothing. */
    HEAD_ONLY,
    /** Cuts the connection. */
    CLOSE
  }

  static GrpcReply ok(byte[] body) {
    return new GrpcReply(Status.OK, new Metadata(), body, Manner.PROMPT);
  }

  static GrpcReply status(Status.Code code, String message) {
    Status status = code.toStatus().withDescription(message);
    return new GrpcReply(status, new Metadata(), new byte[0], Manner.PROMPT);
  }

  static GrpcReply manner(Manner manner) {
    return new GrpcReply(Status.OK, new Metadata(), new byte[0], manner);
  }

  /** With a RetryInfo, written field by field. */
  GrpcReply retryAfter(Duration delay) {
    com.google.protobuf.Duration wait =
        com.google.protobuf.Duration.newBuilder()
            .setSeconds(delay.toSeconds())
            .setNanos(delay.toNanosPart())
            .build();
    Any info =
        Any.newBuilder()
            .setTypeUrl("type.googleapis.com/google.rpc.RetryInfo")
            .setValue(field(1, wait.toByteString()))
            .build();
    ByteString details =
        field(2, ByteString.copyFromUtf8("wait")).concat(field(3, info.toByteString()));
    Metadata more = new Metadata();
    more.put(DETAILS, details.toByteArray());
    return new GrpcReply(status, more, body, manner);
  }

  private static ByteString field(int number, ByteString value) {
    byte[] head = {(byte) (number << 3 | 2), (byte) value.size()};
    return ByteString.copyFrom(head).concat(value);
  }
}
