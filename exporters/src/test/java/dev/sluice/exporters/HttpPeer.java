package dev.sluice.exporters;

import dev.sluice.exporters.http.HttpBackend;
import dev.sluice.exporters.http.Reply;

/**
 * A peer that speaks HTTP.
 *
 * @param backend for what HTTP alone has: paths and headers
 */
public record HttpPeer(HttpBackend backend) implements Peer<Reply> {
  public static HttpPeer start() {
    return new HttpPeer(HttpBackend.start());
  }

  public String url(String path) {
    return backend.url(path);
  }

  @Override
  public void script(Reply reply) {
    backend.script(reply);
  }

  @Override
  public byte[] take() {
    return backend.take().body();
  }

  @Override
  public int waiting() {
    return backend.waiting();
  }

  @Override
  public void close() {
    backend.close();
  }
}
