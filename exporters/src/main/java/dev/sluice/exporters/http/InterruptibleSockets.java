package dev.sluice.exporters.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Sockets whose blocking connect, read and write end at once when their thread is interrupted, on
 * platform threads too: those of NIO channels. The socket is then closed.
 */
final class InterruptibleSockets extends SocketFactory {
  @Override
  public Socket createSocket() throws IOException {
    Socket socket = new GatheringSocket();
    // Else the last packet of a request waits for the peer's delayed acknowledgement: 40 ms.
    socket.setTcpNoDelay(true);
    return socket;
  }

  // OkHttp connects sockets by itself, and asks for nothing else.

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
