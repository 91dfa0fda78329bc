package dev.sluice.it;

/** An OpenTelemetry SDK as applications use it, sending the sample of {@link SdkSample}. */
interface Sdk {
  /**
   * Sends the sample's trace, metrics and logs, and returns the trace's id in hex. Fails when the
   * SDK says that something could not be exported.
   *
   * @param service the {@code service.name} to send it under
   */
  String send(SluiceProcess sluice, String service);

  /** Its language and protocol, as part of a service's name: {@code java-grpc}. */
  String label();
}
