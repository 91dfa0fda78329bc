package dev.sluice.receivers.http;

import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A decoded request line with its headers. Immutable once made, so any thread may read it. */
record NettyHead(HttpRequest request, String path, String query, InetSocketAddress remoteAddress)
    implements HttpHead {

  static NettyHead of(HttpRequest request, InetSocketAddress remoteAddress) {
    String target = originForm(request.uri());
    int mark = target.indexOf('?');
    return mark < 0
        ? new NettyHead(request, target, "", remoteAddress)
        : new NettyHead(
            request, target.substring(0, mark), target.substring(mark + 1), remoteAddress);
  }

  /** Cuts the absolute form, which proxies send, down to its path. */
  private static String originForm(String target) {
    if (target.startsWith("/")) {
      return target;
    }
    int authority = target.indexOf("://");
    int path = authority < 0 ? -1 : target.indexOf('/', authority + 3);
    if (path >= 0) {
      return target.substring(path);
    }
    return authority < 0 ? target : "/";
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public @Nullable String header(String name) {
    return request.headers().get(name);
  }
}
