package dev.sluice.exporters.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sluice.config.TlsClientConfig;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.ExporterContext;
import dev.sluice.security.ClientAuthenticator;
import dev.sluice.tls.TlsIdentity;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Posts to a backend. Thread-safe; every request blocks the thread that makes it, and an interrupt
 * aborts it at once.
 *
 * <p>A request goes out at most once: nothing is repeated, redirected or authenticated behind the
 * caller's back. At most {@value #ANSWER_BYTES_MAX} bytes of an answer are read.
 */
public final class HttpClient implements AutoCloseable {
  /** How much of an answer's body is read. */
  public static final int ANSWER_BYTES_MAX = 64 << 10;

  private static final int HTTP_ERROR = 400;

  private final HttpClientSettings settings;
  private final String userAgent;
  private final String proxyCredentials;
  private final OkHttpClient plain;
  private final @Nullable ClientAuthenticator authenticator;
  private final Redaction redaction;
  private final Supplier<TlsIdentity> loading;
  private final @Nullable TlsIdentity identity;
  private @Nullable OkHttpClient secure;

  /**
   * Opens no connection yet; blocks on the files that the TLS settings name. Without such files
   * nothing of TLS is loaded before the first {@code https} URL.
   *
   * @param userAgent for the {@code User-Agent} header, unless one is configured
   * @param context gives the authenticator, and reads certificates again
   * @throws IllegalArgumentException when the TLS settings cannot be used; the message says why
   */
  public HttpClient(HttpClientSettings settings, String userAgent, ExporterContext context) {
    this.settings = settings;
    this.userAgent = userAgent;
    authenticator = context.security().clientOrNull(settings.authenticator());
    redaction = new Redaction(settings.headers().values(), authenticator);
    loading =
        () ->
            TlsIdentity.client("exporters::" + context.id(), settings.tls(), context.clock())
                .watched(context.security(), context.meters());
    proxyCredentials = OkHttp.proxyCredentials(settings.proxy());
    plain = OkHttp.plain(settings);
    identity = settings.tls().material().namesFiles() ? loading.get() : null;
  }

  /**
   * Posts, and reads the answer. Blocks for at most {@code timeoutNanos}, except for the resolution
   * of the host's name, which has the system's own limit.
   */
  public HttpOutcome post(HttpRequest request, long timeoutNanos) {
    HttpUrl url = HttpUrl.get(request.url());
    String target = target(url);
    OkHttpClient client = url.isHttps() ? secure() : plain;
    Call call = client.newCall(okRequest(url, request));
    call.timeout().timeout(Math.max(1, timeoutNanos), TimeUnit.NANOSECONDS);
    try (Response response = call.execute()) {
      return answer(target, response);
    } catch (IOException e) {
      return new HttpOutcome.Unanswered(failure(target, e, timeoutNanos));
    }
  }

  private synchronized OkHttpClient secure() {
    if (secure == null) {
      TlsClientConfig tls = settings.tls();
      secure = OkHttp.secure(plain, tls, identity == null ? loading.get() : identity);
    }
    return secure;
  }

  private static ExportResult failure(String target, IOException e, long timeoutNanos) {
    if (Thread.currentThread().isInterrupted()) {
      return new ExportResult.Retry(target + ": interrupted", -1);
    }
    if (e instanceof InterruptedIOException) {
      long millis = TimeUnit.NANOSECONDS.toMillis(timeoutNanos);
      return new ExportResult.Retry(target + ": no answer within " + millis + " ms", -1);
    }
    return ConnectionFailure.judge(target, e);
  }

  private HttpAnswer answer(String target, Response response) throws IOException {
    BufferedSource source = response.body().source();
    boolean truncated = source.request(ANSWER_BYTES_MAX + 1);
    byte[] body =
        source.getBuffer().readByteArray(Math.min(ANSWER_BYTES_MAX, source.getBuffer().size()));
    byte[] told = response.code() < HTTP_ERROR ? body : redacted(body);
    return new HttpAnswer(target, response.code(), headers(response), told, truncated);
  }

  /** Every byte that is no secret stays as it is. */
  private byte[] redacted(byte[] body) {
    return redaction.of(new String(body, ISO_8859_1)).getBytes(ISO_8859_1);
  }

  private static Map<String, List<String>> headers(Response response) {
    Map<String, List<String>> headers = new HashMap<>();
    for (String name : response.headers().names()) {
      headers.put(name.toLowerCase(Locale.ROOT), response.headers(name));
    }
    return headers;
  }

  private Request okRequest(HttpUrl url, HttpRequest request) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("User-Agent", userAgent);
    headers.put("Accept-Encoding", "identity");
    headers.putAll(settings.headers());
    headers.putAll(request.headers());
    if (authenticator != null) {
      headers.put(authenticator.header(), authenticator.credentials());
    }
    headers.put("Content-Type", request.contentType());
    if (request.encoding() != Compression.NONE) {
      headers.put("Content-Encoding", request.encoding().label());
    }
    if (!settings.keepAlive()) {
      headers.put("Connection", "close");
    }
    if (!proxyCredentials.isEmpty() && !url.isHttps()) {
      headers.put("Proxy-Authorization", proxyCredentials);
    }
    Request.Builder builder = new Request.Builder().url(url);
    headers.forEach(builder::header);
    RequestBody body = new OkHttpBody(request.body());
    return builder.post(body).build();
  }

  private static String target(HttpUrl url) {
    HttpUrl bare = url.newBuilder().username("").password("").query(null).fragment(null).build();
    return bare.toString();
  }

  /** Closes idle connections. Call it when no request is under way. */
  @Override
  public void close() {
    plain.connectionPool().evictAll();
  }
}
