package dev.sluice.auth;

import dev.sluice.config.Section;
import java.util.Set;

/** One authenticator extension as configured. Immutable; its text shows no secret. */
public sealed interface AuthenticatorSettings
    permits BasicServerSettings, BasicClientSettings, BearerTokenSettings, OidcSettings {
  /** The types of the extensions there are. */
  Set<String> TYPES = Set.of("basicauth", "bearertokenauth", "oidc");

  /** Reads an extension of one of {@link #TYPES}. */
  static AuthenticatorSettings read(String type, Section section) {
    return switch (type) {
      case "basicauth" -> BasicAuthSection.read(section);
      case "bearertokenauth" -> BearerTokenSettings.read(section);
      case "oidc" -> OidcSettings.read(section);
      default -> throw new IllegalArgumentException("no such authenticator: " + type);
    };
  }

  /** Whether it can let others in. */
  boolean server();

  /** Whether it can show credentials to a backend. */
  boolean client();
}
