package dev.sluice.auth;

import dev.sluice.config.Endpoint;
import dev.sluice.config.Section;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code oidc}, with the Collector's keys: whose tokens are believed.
 *
 * @param header that carries the token
 */
record OidcSettings(String header, List<Provider> providers) implements AuthenticatorSettings {

  /**
   * One issuer.
   *
   * @param issuer as it must stand in a token's {@code iss}
   * @param audience one of the token's {@code aud}; empty when it does not matter
   * @param caFile the authority of the issuer's own certificate; null for the system's
   * @param usernameClaim a claim that must be there, as text; empty for {@code sub}
   * @param groupsClaim a claim that must be there; empty for none
   * @param keysFile the issuer's keys as a JWK set, instead of asking it; null to ask
   */
  record Provider(
      String issuer,
      String audience,
      @Nullable Path caFile,
      String usernameClaim,
      String groupsClaim,
      @Nullable Path keysFile) {}

  static OidcSettings read(Section section) {
    List<Provider> providers = new ArrayList<>();
    List<Section> listed = section.sections("providers");
    if (section.has("issuer_url") || listed.isEmpty()) {
      providers.add(provider(section));
    }
    listed.forEach(one -> providers.add(provider(one)));
    Set<String> issuers = new HashSet<>();
    for (Provider provider : providers) {
      if (!issuers.add(provider.issuer)) {
        section.problem("has the issuer " + provider.issuer + " twice");
      }
    }
    return new OidcSettings(section.string("attribute", "authorization"), providers);
  }

  private static Provider provider(Section section) {
    String issuer = section.requiredString("issuer_url");
    URI url = Endpoint.url(section, "issuer_url");
    if (url != null && !"https".equals(url.getScheme()) && !section.has("public_keys_file")) {
      section.warning("issuer_url", "is not https: who can change what it answers can get in");
    }
    boolean ignored = section.bool("ignore_audience", false);
    String audience = section.string("audience", "");
    if (audience.isEmpty() && !ignored) {
      section.problem("audience", "is required, or ignore_audience: true");
    }
    section.refused("ignore_issuer", "a token of any issuer cannot be checked");
    return new Provider(
        issuer,
        ignored ? "" : audience,
        SecretText.file(section, "issuer_ca_path"),
        section.string("username_claim", ""),
        section.string("groups_claim", ""),
        SecretText.file(section, "public_keys_file"));
  }

  @Override
  public boolean server() {
    return true;
  }

  @Override
  public boolean client() {
    return false;
  }
}
