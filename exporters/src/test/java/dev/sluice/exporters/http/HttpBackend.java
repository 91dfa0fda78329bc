package dev.sluice.exporters.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * A backend that speaks HTTP/1.1 on loopback, answers from a script and remembers what it was sent.
 * Without a script left, it answers 200 with an empty body. Thread-safe.
 *
 * <pre>{@code
 * try (HttpBackend backend = HttpBackend.start()) {
 *   backend.script(Reply.status(503).header("Retry-After", "7"), Reply.hang());
 *   ... post to backend.url("/v1/traces") ...
 *   Received request = backend.take();
 * }
 * }</pre>
 */
public final class HttpBackend implements AutoCloseable {
  private static final int TAKE_SECONDS_MAX = 20;
  private static final int TLS_HANDSHAKE = 0x16;

  private final ServerSocket listener;
  private final String scheme;
  private final BlockingQueue<Reply> script = new LinkedBlockingQueue<>();
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final Thread accepting;
  private volatile Reply standing = Reply.status(200);

  private HttpBackend(ServerSocket listener, String scheme) {
    this.listener = listener;
    this.scheme = scheme;
    accepting = Thread.ofVirtual().name("backend-accept").start(this::accept);
  }

  public static HttpBackend start() {
    try {
      return new HttpBackend(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), "http");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A backend that speaks TLS; {@code clientAuth} wants a certificate of the client. */
  public static HttpBackend startTls(SSLContext context, boolean clientAuth) {
    try {
      var listener =
          (javax.net.ssl.SSLServerSocket)
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
      listener.setNeedClientAuth(clientAuth);
      return new HttpBackend(listener, "https");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** {@code http://127.0.0.1:port} and {@code path}. */
  public String url(String path) {
    return scheme + "://127.0.0.1:" + port() + path;
  }

  /** Appends replies; each is used for one request. */
  public void script(Reply... replies) {
    script.addAll(java.util.List.of(replies));
  }

  /** What is answered when the script is used up. */
  public void standing(Reply reply) {
    standing = reply;
  }

  /** The next request that has arrived completely; waits for it, and fails the test without one. */
  public Received take() {
    try {
      Received next = received.poll(TAKE_SECONDS_MAX, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no request arrived");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for a request", e);
    }
  }

  /** How many requests have arrived and were not taken. */
  public int waiting() {
    return received.size();
  }

  /** How many connections were opened so far. */
  public int connections() {
    return connections.get();
  }

  /** Cuts all connections and stops listening. */
  @Override
  public void close() {
    closeQuietly(listener);
    open.forEach(HttpBackend::closeQuietly);
    try {
      accepting.join(); // until then the kernel goes on accepting
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().name("backend-connection").start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      while (true) {
        Received request;
        try {
          request = read(in);
        } catch (ProtocolException e) {
          Reply.status(400).send(socket, out);
          return;
        }
        received.add(request);
        Reply reply = script.poll();
        if (!(reply == null ? standing : reply).send(socket, out)) {
          return;
        }
      }
    } catch (IOException _) {
      // The client is gone, or the test is over.
    } finally {
      open.remove(socket);
    }
  }

  private static Received read(InputStream in) throws IOException {
    if (in.markSupported()) {
      in.mark(1);
      int first = in.read();
      if (first == TLS_HANDSHAKE) {
        throw new ProtocolException("TLS on a plain port");
      }
      in.reset();
    }
    String[] start = line(in).split(" ");
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("half a request");
    }
    return new Received(start[0], start[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception _) {
      // Nothing is left to close.
    }
  }

  /**
   * A request that arrived completely.
   *
   * @param headers by name in any case
   * @param raw the body as it came
   */
  public record Received(String method, String path, Map<String, String> headers, byte[] raw) {
    /** The value of a header, or null. */
    public String header(String name) {
      return headers.get(name);
    }

    /** The body without its {@code Content-Encoding}. */
    public byte[] body() {
      String encoding = headers.getOrDefault("Content-Encoding", "none");
      return Decompression.decode(encoding.toLowerCase(Locale.ROOT), raw);
    }
  }
}
