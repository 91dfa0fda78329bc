package dev.sluice.receivers.http;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/**
 * Netty's decoder, which refuses a request that is framed twice: two framings read differently by
 * two servers are how requests are smuggled (RFC 9112, 6.3).
 */
final class RequestDecoder extends HttpRequestDecoder {
  private static final int CONTENT_BYTES_MAX = 1 << 20;

  RequestDecoder(int headerBytesMax) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(headerBytesMax)
            .setMaxHeaderSize(headerBytesMax)
            .setMaxChunkSize(CONTENT_BYTES_MAX)
            .setAllowDuplicateContentLengths(false));
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
  }
}
