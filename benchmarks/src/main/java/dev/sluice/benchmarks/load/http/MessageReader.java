package dev.sluice.benchmarks.load.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Reads HTTP/1.1 messages with a {@code Content-Length} from a blocking channel, one after the
 * other: first {@link #readHead}, then {@link #readBody} or {@link #skipBody}. Its buffer is
 * reused. Used by one thread.
 */
public final class MessageReader {
  private static final int BUFFER_BYTES = 256 << 10;
  private static final int HEAD_BYTES_MAX = 16 << 10;
  private static final int BODY_BYTES_MAX = 256 << 20;

  private final ReadableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).flip();
  private final byte[] head = new byte[HEAD_BYTES_MAX];
  private int headLength;
  private int bodyLength;

  public MessageReader(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /** Reads up to the empty line; false when the peer closed before the first byte. */
  public boolean readHead() throws IOException {
    headLength = 0;
    while (!endsWithEmptyLine()) {
      if (!buffer.hasRemaining() && !fill()) {
        if (headLength == 0) {
          return false;
        }
        throw new EOFException("closed within the head of a message");
      }
      if (headLength == HEAD_BYTES_MAX) {
        throw new IOException("the head of a message is larger than " + HEAD_BYTES_MAX);
      }
      head[headLength++] = buffer.get();
    }
    bodyLength = contentLength();
    return true;
  }

  private boolean endsWithEmptyLine() {
    int end = headLength;
    return end >= 4
        && head[end - 1] == '\n'
        && head[end - 2] == '\r'
        && head[end - 3] == '\n'
        && head[end - 4] == '\r';
  }

  private int contentLength() throws IOException {
    if (headerAt("transfer-encoding") >= 0) {
      throw new IOException("chunked messages are not read here");
    }
    int at = headerAt("content-length");
    long length = at < 0 ? 0 : digits(at);
    if (length > BODY_BYTES_MAX) {
      throw new IOException("a body of " + length + " bytes");
    }
    return (int) length;
  }

  private long digits(int from) {
    int at = from;
    while (head[at] == ' ') {
      at++;
    }
    long value = 0;
    for (; head[at] >= '0' && head[at] <= '9' && value <= BODY_BYTES_MAX; at++) {
      value = value * 10 + head[at] - '0';
    }
    return value;
  }

  /** The status of a response. */
  public int status() {
    return (int) digits(9);
  }

  /** Whether the request's line contains a text, such as a path. */
  public boolean targets(String path) {
    for (int at = 0; head[at] != '\r'; at++) {
      if (matches(path, at)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a header has that value, both in lower case. */
  public boolean has(String header, String value) {
    int at = headerAt(header);
    return at >= 0 && (matches(value, at) || matches(value, at + 1));
  }

  /** Where the value of a header starts, or -1; the name in lower case. */
  private int headerAt(String name) {
    for (int at = 2; at < headLength - name.length(); at++) {
      if (head[at - 1] == '\n' && head[at + name.length()] == ':' && matches(name, at)) {
        return at + name.length() + 1;
      }
    }
    return -1;
  }

  private boolean matches(String text, int from) {
    if (from + text.length() > headLength) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      byte letter = head[from + i];
      int lower = letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
      if (lower != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  public int bodyLength() {
    return bodyLength;
  }

  /** Reads the body into {@code target}, which has room for it. */
  public void readBody(byte[] target) throws IOException {
    int read = 0;
    while (read < bodyLength) {
      int part = Math.min(bodyLength - read, available());
      buffer.get(target, read, part);
      read += part;
    }
  }

  /** Reads the body and throws it away. */
  public void skipBody() throws IOException {
    int left = bodyLength;
    while (left > 0) {
      int part = Math.min(left, available());
      buffer.position(buffer.position() + part);
      left -= part;
    }
  }

  private int available() throws IOException {
    if (!buffer.hasRemaining() && !fill()) {
      throw new EOFException("closed within the body of a message");
    }
    return buffer.remaining();
  }

  private boolean fill() throws IOException {
    buffer.clear();
    int read = channel.read(buffer);
    buffer.flip();
    return read > 0;
  }
}
