package dev.sluice.receivers.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Map;

/** Turns an {@link HttpResponse} into what Netty encodes, with the framing headers. Stateless. */
final class ResponseHead {
  private ResponseHead() {}

  /**
   * @param bodiless true in answer to HEAD: the length is told and nothing follows
   */
  static FullHttpResponse encode(
      HttpResponse response, Map<String, String> more, boolean keepAlive, boolean bodiless) {
    byte[] body = response.body();
    ByteBuf content =
        bodiless || body.length == 0 ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
    HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
    if (response.status() != HttpResponseStatus.NO_CONTENT.code()) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
    }
    if (!response.contentType().isEmpty()) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, response.contentType());
    }
    if (!keepAlive) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    more.forEach(headers::set);
    response.headers().forEach(headers::set);
    HttpResponseStatus status = HttpResponseStatus.valueOf(response.status());
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, status, content, headers, EmptyHttpHeaders.INSTANCE);
  }
}
