package dev.sluice.exporters.http;

import dev.sluice.pipeline.ExportResult;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Says what a failed connection means, and what a person can do about it. */
public final class ConnectionFailure {
  private static final int CAUSES_MAX = 8;

  private ConnectionFailure() {}

  /**
   * A {@link ExportResult.Hold} for what does not mend itself, which is TLS; everything else may be
   * a backend that is starting: a {@link ExportResult.Retry}.
   *
   * @param target whom we talked to, without secrets
   */
  public static ExportResult judge(String target, Throwable failure) {
    String tls = tlsReason(failure);
    if (tls != null) {
      return new ExportResult.Hold(target + ": " + tls);
    }
    return new ExportResult.Retry(target + ": " + reason(failure), -1);
  }

  private static @Nullable String tlsReason(Throwable failure) {
    if (find(failure, CertificateException.class) != null) {
      return "the server's certificate is not trusted ("
          + message(innermost(failure))
          + "); set tls::ca_file to the authority that signed it";
    }
    if (find(failure, SSLPeerUnverifiedException.class) != null) {
      return "the server's certificate is not for this host; set tls::server_name_override to a"
          + " name that it has";
    }
    SSLException tls = find(failure, SSLException.class);
    if (tls != null && isNoTls(message(tls))) {
      return "the server does not speak TLS on this port; use http://, or tls::insecure for gRPC";
    }
    SSLHandshakeException handshake = find(failure, SSLHandshakeException.class);
    return handshake != null && message(handshake).contains("alert")
        ? "the server refused the TLS handshake ("
            + message(handshake)
            + "); it may want a client certificate: tls::cert_file and tls::key_file"
        : null;
  }

  /** The words of Java's TLS and of Netty's for an answer that is not TLS. */
  private static boolean isNoTls(String message) {
    return message.contains("unrecognized SSL message")
        || message.contains("not an SSL/TLS record");
  }

  private static String reason(Throwable failure) {
    if (find(failure, UnknownHostException.class) != null) {
      return "the host's name cannot be resolved";
    }
    if (find(failure, NoRouteToHostException.class) != null) {
      return "there is no route to the host";
    }
    if (find(failure, ConnectException.class) != null) {
      return "connection refused: nothing listens there";
    }
    return "the connection failed: " + message(failure);
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return HttpAnswer.line(message == null ? failure.getClass().getSimpleName() : message);
  }

  private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < CAUSES_MAX; i++, cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }

  private static Throwable innermost(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause.getCause() != null && i < CAUSES_MAX; i++) {
      cause = cause.getCause();
    }
    return cause;
  }
}
