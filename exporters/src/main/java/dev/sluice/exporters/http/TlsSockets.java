package dev.sluice.exporters.http;

import dev.sluice.config.TlsClientConfig;
import dev.sluice.tls.TlsParameters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * TLS sockets that ask for one server name, whatever the URL says, or with certain curves: {@code
 * server_name_override} and {@code curve_preferences}.
 */
final class TlsSockets extends SSLSocketFactory {
  private final SSLSocketFactory sockets;
  private final TlsClientConfig config;

  TlsSockets(SSLSocketFactory sockets, TlsClientConfig config) {
    this.sockets = sockets;
    this.config = config;
  }

  @Override
  public Socket createSocket(Socket plain, String host, int port, boolean autoClose)
      throws IOException {
    String name = config.serverName().isEmpty() ? host : config.serverName();
    Socket socket = sockets.createSocket(plain, name, port, autoClose);
    if (socket instanceof SSLSocket tls) {
      tls.setSSLParameters(TlsParameters.withCurves(tls.getSSLParameters(), config.material()));
    }
    return socket;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }

  // OkHttp layers TLS over a connected socket, and asks for nothing else.

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException();
  }
}
