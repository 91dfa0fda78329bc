package dev.sluice.exporters.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.pipeline.ExportResult;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectionFailureTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new ConnectException("x"), "connection refused: nothing listens there"),
        Arguments.of(new UnknownHostException("x"), "the host's name cannot be resolved"),
        Arguments.of(
            new RuntimeException("x", new UnknownHostException("x")),
            "the host's name cannot be resolved"),
        Arguments.of(new NoRouteToHostException("x"), "there is no route to the host"),
        Arguments.of(new EOFException(), "the connection failed: EOFException"),
        Arguments.of(new IOException("cut\noff"), "the connection failed: cut off"),
        Arguments.of(
            new SSLException("Connection reset"), "the connection failed: Connection reset"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void triesAgainWhatMayMendItself(Exception failure, String reason) {
    ExportResult result = ConnectionFailure.judge("peer", failure);
    assertEquals("peer: " + reason, assertInstanceOf(ExportResult.Retry.class, result).reason());
  }

  @ParameterizedTest
  @MethodSource("held")
  void holdsWhatAPersonHasToMend(Exception failure, String reason) {
    ExportResult result = ConnectionFailure.judge("peer", failure);
    assertEquals("peer: " + reason, assertInstanceOf(ExportResult.Hold.class, result).reason());
  }

  static Stream<Arguments> held() {
    String plain =
        "the server does not speak TLS on this port; use http://, or tls::insecure for gRPC";
    return Stream.of(
        Arguments.of(
            new SSLHandshakeException("Received fatal alert: bad_certificate"),
            "the server refused the TLS handshake (Received fatal alert: bad_certificate); it may"
                + " want a client certificate: tls::cert_file and tls::key_file"),
        Arguments.of(new SSLException("Unsupported or unrecognized SSL message"), plain),
        Arguments.of(new SSLException("not an SSL/TLS record: 00"), plain));
  }
}
