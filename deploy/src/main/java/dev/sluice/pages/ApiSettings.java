package dev.sluice.pages;

import dev.sluice.config.Endpoint;
import dev.sluice.config.Section;

/**
 * The keys of the {@code api} extension.
 *
 * @param access who may ask
 */
public record ApiSettings(Endpoint endpoint, PageAccess access) {
  /** Where the API is when nobody says otherwise. */
  public static final Endpoint ENDPOINT = new Endpoint("localhost", 4319);

  /** Reads the extension's section. */
  public static ApiSettings read(Section section) {
    return new ApiSettings(
        Endpoint.listening(section, "endpoint", ENDPOINT), PageAccess.read(section));
  }
}
