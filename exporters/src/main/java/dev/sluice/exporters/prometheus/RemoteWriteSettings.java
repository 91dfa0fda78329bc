package dev.sluice.exporters.prometheus;

import dev.sluice.exporters.http.HttpClientSettings;

/**
 * How an exporter sends.
 *
 * @param url of the remote write endpoint
 * @param v2 whether requests are {@code io.prometheus.write.v2.Request}, as long as the peer takes
 *     them
 * @param requestBytesMax of a request before compression
 */
record RemoteWriteSettings(
    String url,
    HttpClientSettings client,
    EncoderSettings encoder,
    boolean v2,
    int requestBytesMax) {
  static final int REQUEST_BYTES_MAX = 3_000_000;
}
