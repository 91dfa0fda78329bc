package dev.sluice.receivers.http;

import dev.sluice.receivers.limits.Reservation;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One request of a {@link HttpConnection}. Thread-safe; the first answer wins. */
final class NettyExchange implements HttpExchange {
  private final HttpConnection connection;
  private final NettyHead head;
  private final byte[] body;
  private final Reservation reservation;
  private final AtomicBoolean answered = new AtomicBoolean();

  NettyExchange(HttpConnection connection, NettyHead head, byte[] body, Reservation reservation) {
    this.connection = connection;
    this.head = head;
    this.body = body;
    this.reservation = reservation;
  }

  @Override
  public String method() {
    return head.method();
  }

  @Override
  public String path() {
    return head.path();
  }

  @Override
  public String query() {
    return head.query();
  }

  @Override
  public @Nullable String header(String name) {
    return head.header(name);
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return head.remoteAddress();
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public Reservation reservation() {
    return reservation;
  }

  @Override
  public void respond(HttpResponse response) {
    if (answered.compareAndSet(false, true)) {
      reservation.release();
      connection.answer(head, response);
    }
  }
}
