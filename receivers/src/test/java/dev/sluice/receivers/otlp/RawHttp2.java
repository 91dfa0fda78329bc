package dev.sluice.receivers.otlp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** An HTTP/2 client that sends the frames that it is told to, right or wrong. */
final class RawHttp2 implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;
  static final int ENHANCE_YOUR_CALM = 11;

  private final Socket socket;
  private final DataInputStream in;

  record Frame(int type, int flags, int stream, byte[] payload) {
    /** The error code of a GOAWAY. */
    int goAwayCode() {
      return payload[4] << 24 | payload[5] << 16 | payload[6] << 8 | payload[7];
    }

    String text() {
      return new String(payload, US_ASCII);
    }
  }

  RawHttp2(int port) throws IOException {
    socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
    socket.setSoTimeout(20_000);
    in = new DataInputStream(socket.getInputStream());
    socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    send(SETTINGS, 0, 0, new byte[0]);
  }

  RawHttp2 send(int type, int flags, int stream, byte[] payload) throws IOException {
    byte[] frame = new byte[9 + payload.length];
    frame[0] = (byte) (payload.length >> 16);
    frame[1] = (byte) (payload.length >> 8);
    frame[2] = (byte) payload.length;
    frame[3] = (byte) type;
    frame[4] = (byte) flags;
    frame[5] = (byte) (stream >> 24);
    frame[6] = (byte) (stream >> 16);
    frame[7] = (byte) (stream >> 8);
    frame[8] = (byte) stream;
    System.arraycopy(payload, 0, frame, 9, payload.length);
    socket.getOutputStream().write(frame);
    return this;
  }

  /** Begins a call of the logs service. */
  RawHttp2 call(int stream) throws IOException {
    return send(HEADERS, END_HEADERS, stream, head());
  }

  /** Begins a call of the logs service with one more header. */
  RawHttp2 call(int stream, String name, String value) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes(head());
    head.write(0x00);
    text(head, name);
    text(head, value);
    return send(HEADERS, END_HEADERS, stream, head.toByteArray());
  }

  /** The next frame of a type; null when the server closes before. */
  @Nullable Frame next(int type) throws IOException {
    try {
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        Frame frame =
            new Frame(in.readUnsignedByte(), in.readUnsignedByte(), in.readInt(), read(length));
        if (frame.type == type) {
          return frame;
        }
      }
    } catch (EOFException | SocketException e) {
      return null;
    }
  }

  private byte[] read(int length) throws IOException {
    byte[] payload = new byte[length];
    in.readFully(payload);
    return payload;
  }

  /** The headers of a call, by HPACK's static table and literals that are not indexed. */
  static byte[] head() {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.write(0x83);
    head.write(0x86);
    head.write(0x04);
    text(head, "/opentelemetry.proto.collector.logs.v1.LogsService/Export");
    head.write(0x01);
    text(head, "h");
    head.write(0x0f);
    head.write(0x10);
    text(head, "application/grpc");
    head.write(0x00);
    text(head, "te");
    text(head, "trailers");
    return head.toByteArray();
  }

  private static void text(ByteArrayOutputStream head, String text) {
    head.write(text.length());
    head.writeBytes(text.getBytes(US_ASCII));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
