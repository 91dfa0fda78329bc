package dev.sluice.exporters.otlp.grpc;

import dev.sluice.security.ClientAuthenticator;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/** Adds the credentials to each call, as they are when it begins. Thread-safe. */
final class Credentials implements ClientInterceptor {
  private final ClientAuthenticator authenticator;
  private final Metadata.Key<String> key;

  Credentials(ClientAuthenticator authenticator) {
    this.authenticator = authenticator;
    key = Metadata.Key.of(authenticator.header(), Metadata.ASCII_STRING_MARSHALLER);
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        headers.discardAll(key);
        headers.put(key, authenticator.credentials());
        super.start(listener, headers);
      }
    };
  }
}
