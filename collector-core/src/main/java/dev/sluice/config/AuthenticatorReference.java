package dev.sluice.config;

import org.jspecify.annotations.Nullable;

/**
 * Where a component names an authenticator: {@code auth: {authenticator: X}}.
 *
 * @param text as written
 * @param path of the key
 * @param server whether it is to let others in; otherwise it is to show credentials
 */
public record AuthenticatorReference(String text, Position at, String path, boolean server) {

  /** Reads the {@code auth} of what listens; null when there is none. */
  public static @Nullable ComponentId server(Section listener) {
    return read(listener, true);
  }

  /** Reads the {@code auth} of an exporter; null when there is none. */
  public static @Nullable ComponentId client(Section exporter) {
    return read(exporter, false);
  }

  /**
   * The id is checked when all components are known; until then it is what was written, under its
   * current type.
   */
  private static @Nullable ComponentId read(Section component, boolean server) {
    Section section = component.sectionIfPresent("auth");
    if (section == null || section.keys().isEmpty()) {
      return null;
    }
    section.refused("request_params", "credentials are taken from a header only");
    String text = section.requiredString("authenticator");
    if (text.isEmpty()) {
      return null;
    }
    Position at = section.position("authenticator");
    String path = Node.path(section.path(), "authenticator");
    section.reading().authenticators().add(new AuthenticatorReference(text, at, path, server));
    return ComponentTypes.currentAuthenticator(ComponentId.of(text));
  }
}
