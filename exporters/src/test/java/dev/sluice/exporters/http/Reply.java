package dev.sluice.exporters.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@link HttpBackend} does with a request.
 *
 * @param manner how it is given
 */
public record Reply(int status, Map<String, String> headers, byte[] body, Manner manner) {
  private static final int HUGE_CHUNKS = 16_384;

  /** How the reply is given. */
  public enum Manner {
    PROMPT,
    /** Reads the request, and never answers. */
    HANG,
    /** Closes the connection in place of an answer. */
    CLOSE,
    /** Promises a body, sends half of it, and closes. */
    HALF,
    /** Sends the head, and then never the body. */
    HEAD_ONLY,
    /** Sends a body of a gibibyte, for as long as anybody reads it. */
    HUGE
  }

  public static Reply status(int status) {
    return new Reply(status, Map.of(), new byte[0], Manner.PROMPT);
  }

  public static Reply hang() {
    return status(200).manner(Manner.HANG);
  }

  public static Reply close() {
    return status(200).manner(Manner.CLOSE);
  }

  public Reply manner(Manner manner) {
    return new Reply(status, headers, body, manner);
  }

  public Reply header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body, manner);
  }

  public Reply body(String contentType, byte[] body) {
    Reply typed = header("Content-Type", contentType);
    return new Reply(status, typed.headers, body, manner);
  }

  public Reply text(String text) {
    return body("text/plain", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends it; false when the connection is over. */
  boolean send(Socket socket, OutputStream out) throws IOException {
    switch (manner) {
      case PROMPT -> {
        head(out, body.length);
        out.write(body);
        out.flush();
        return true;
      }
      case HANG -> socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      case CLOSE -> {}
      case HALF -> {
        head(out, body.length + 100);
        out.write(body);
        out.flush();
      }
      case HEAD_ONLY -> {
        head(out, 100);
        out.flush();
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
      case HUGE -> {
        byte[] chunk = new byte[64 << 10];
        java.util.Arrays.fill(chunk, (byte) 'x');
        head(out, (long) chunk.length * HUGE_CHUNKS);
        for (int i = 0; i < HUGE_CHUNKS; i++) {
          out.write(chunk);
        }
        out.flush();
      }
    }
    return false;
  }

  private void head(OutputStream out, long length) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (status != 204) {
      head.append("Content-Length: " + length + "\r\n");
    }
    head.append("\r\n");
    out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
  }
}
