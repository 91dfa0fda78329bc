package dev.sluice.benchmarks.load.sink;

import dev.sluice.benchmarks.load.http.MessageReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/** One connection of a collector to the sink, on a thread of its own. Buffers are reused. */
final class SinkConnection implements Runnable {
  private static final ByteBuffer OK =
      answer(
          "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n");
  private static final ByteBuffer NO_CONTENT = answer("HTTP/1.1 204 No Content\r\n\r\n");

  private final SocketChannel channel;
  private final Sink sink;
  private final MessageReader reader;
  private final IdReader ids = new IdReader();
  private final ByteBuffer ok = OK.duplicate();
  private final ByteBuffer noContent = NO_CONTENT.duplicate();
  private byte[] body = new byte[0];
  private byte[] inflated = new byte[0];

  SinkConnection(SocketChannel channel, Sink sink) {
    this.channel = channel;
    this.sink = sink;
    reader = new MessageReader(channel);
  }

  @Override
  public void run() {
    try (channel) {
      while (reader.readHead()) {
        Format format = format();
        IdLedger ledger = sink.ledger();
        if (ledger == null && !sink.isPaced()) {
          reader.skipBody();
        } else {
          check(format, ledger);
        }
        sink.received(reader.bodyLength());
        sink.awaitOpen();
        write(format == Format.TRACES || format == Format.LOGS ? ok : noContent);
      }
    } catch (IOException e) {
      sink.failed(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Format format() throws IOException {
    if (reader.targets("/v1/traces")) {
      return Format.TRACES;
    }
    if (reader.targets("/v1/logs")) {
      return Format.LOGS;
    }
    if (reader.targets("/loki/api/v1/push")) {
      return Format.LOKI_PUSH;
    }
    if (reader.targets("/api/v1/write")) {
      return Format.REMOTE_WRITE;
    }
    throw new IOException("a collector asked for a path that the sink does not have");
  }

  private void check(Format format, @Nullable IdLedger ledger)
      throws IOException, InterruptedException {
    if (body.length < reader.bodyLength()) {
      body = new byte[reader.bodyLength()];
    }
    reader.readBody(body);
    boolean snappy = format == Format.LOKI_PUSH || format == Format.REMOTE_WRITE;
    if (snappy) {
      int length = inflateSnappy();
      ids.read(format, inflated, length);
    } else if (reader.has("content-encoding", "gzip")) {
      byte[] message = gunzip();
      ids.read(format, message, message.length);
    } else {
      ids.read(format, body, reader.bodyLength());
    }
    sink.awaitTurn(ids.count());
    if (ledger != null) {
      ledger.delivered(ids.ids(), ids.count());
    }
  }

  private int inflateSnappy() throws IOException {
    int length = Snappy.uncompressedLength(body, 0, reader.bodyLength());
    if (inflated.length < length) {
      inflated = new byte[length];
    }
    return Snappy.uncompress(body, 0, reader.bodyLength(), inflated, 0);
  }

  private byte[] gunzip() throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(body, 0, reader.bodyLength()))
        .readAllBytes();
  }

  private void write(ByteBuffer answer) throws IOException {
    answer.rewind();
    while (answer.hasRemaining()) {
      int _ = channel.write(answer);
    }
  }

  private static ByteBuffer answer(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }
}
