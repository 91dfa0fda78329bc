package dev.sluice.tls;

import dev.sluice.config.TlsMaterial;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLParameters;

/** What the configuration says of the protocol, in the words of Java's TLS. Stateless. */
public final class TlsParameters {
  /** With TLS 1.3 always, as in the Collector: {@code cipher_suites} is about older versions. */
  private static final List<String> TLS_1_3 =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  private TlsParameters() {}

  /** The allowed suites, in their order; empty for Java's own choice. */
  public static List<String> cipherSuites(TlsMaterial material) {
    List<String> suites = new ArrayList<>(material.cipherSuites());
    if (!suites.isEmpty() && material.versions().contains("TLSv1.3")) {
      TLS_1_3.stream().filter(suite -> !suites.contains(suite)).forEach(suites::add);
    }
    return suites;
  }

  /** The parameters with the curves that the configuration prefers, when it does. */
  public static SSLParameters withCurves(SSLParameters parameters, TlsMaterial material) {
    if (!material.curves().isEmpty()) {
      parameters.setNamedGroups(material.curves().toArray(String[]::new));
    }
    return parameters;
  }
}
