package dev.sluice.benchmarks.load.client;

import dev.sluice.benchmarks.load.LoadCase;
import dev.sluice.benchmarks.load.http.MessageReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * OTLP/HTTP on one connection, which is opened again after a failure. The request is written from
 * one direct buffer in one call, the answer read into another; nothing is allocated.
 */
final class HttpExchange implements Exchange {
  private static final int HEAD_BYTES_MAX = 512;

  private final InetSocketAddress address;
  private final ByteBuffer request;
  private final byte[] headStart;
  private int bodyOffset;
  private String failure = "";
  private @Nullable MessageReader reader;
  private volatile @Nullable SocketChannel channel;
  private volatile boolean closed;

  HttpExchange(LoadCase target, int port, int bodyBytesMax) {
    address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    request =
        ByteBuffer.allocateDirect(HEAD_BYTES_MAX + bodyBytesMax).order(ByteOrder.LITTLE_ENDIAN);
    String type =
        target.body() == LoadCase.Body.JSON ? "application/json" : "application/x-protobuf";
    String encoding =
        target.isCompressed() ? "Content-Encoding: " + target.encoding() + "\r\n" : "";
    String head =
        "POST /v1/%s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\n%sContent-Length: "
            .formatted(target.signal().label(), type, encoding);
    headStart = head.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void connect() {
    try {
      MessageReader _ = open();
    } catch (IOException _) {
      disconnect();
    }
  }

  @Override
  public ByteBuffer load(Template template) {
    request.clear().put(headStart);
    putDecimal(template.length());
    request.put((byte) '\r').put((byte) '\n').put((byte) '\r').put((byte) '\n');
    bodyOffset = request.position();
    request.put(template.body()).flip();
    return request;
  }

  private void putDecimal(int value) {
    if (value >= 10) {
      putDecimal(value / 10);
    }
    request.put((byte) ('0' + value % 10));
  }

  @Override
  public int bodyOffset() {
    return bodyOffset;
  }

  @Override
  public Outcome send() {
    try {
      MessageReader answers = open();
      write();
      if (!answers.readHead()) {
        throw new IOException("closed without an answer");
      }
      answers.skipBody();
      int status = answers.status();
      if (answers.has("connection", "close")) {
        disconnect();
      }
      Outcome outcome = outcome(status);
      if (outcome == Outcome.FAILED) {
        failure = "status " + status;
      }
      return outcome;
    } catch (IOException e) {
      disconnect();
      failure = e.toString();
      return Outcome.FAILED;
    }
  }

  private static Outcome outcome(int status) {
    return switch (status) {
      case 200 -> Outcome.ACCEPTED;
      case 429, 502, 503, 504 -> Outcome.REFUSED;
      default -> Outcome.FAILED;
    };
  }

  @Override
  public String failure() {
    return failure;
  }

  private MessageReader open() throws IOException {
    MessageReader open = reader;
    if (open != null) {
      return open;
    }
    SocketChannel opened = SocketChannel.open(address);
    opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel = opened;
    if (closed) {
      opened.close();
    }
    MessageReader answers = new MessageReader(opened);
    reader = answers;
    return answers;
  }

  private void write() throws IOException {
    SocketChannel open = channel;
    while (open != null && request.hasRemaining()) {
      int _ = open.write(request);
    }
  }

  private void disconnect() {
    reader = null;
    SocketChannel open = channel;
    if (open != null) {
      try {
        open.close();
      } catch (IOException _) {
        // It is of no use any more either way.
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    SocketChannel open = channel;
    if (open != null) {
      try {
        open.close();
      } catch (IOException _) {
        // The run is over.
      }
    }
  }
}
