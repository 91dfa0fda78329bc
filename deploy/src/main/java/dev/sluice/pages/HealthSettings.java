package dev.sluice.pages;

import dev.sluice.config.Endpoint;
import dev.sluice.config.Section;
import org.jspecify.annotations.Nullable;

/**
 * The {@code health_check} extension's keys, as in the Collector.
 *
 * @param path where life is answered
 * @param healthy the body to answer instead of our JSON, or null
 * @param access who may ask
 */
public record HealthSettings(
    Endpoint endpoint, String path, @Nullable String healthy, PageAccess access) {
  public static final Endpoint ENDPOINT = new Endpoint("localhost", 13133);
  private static final String VERSION_TWO = "health_check of version 2 is not there; see /status";

  /** Reads the extension's section. */
  public static HealthSettings read(Section section) {
    Endpoint endpoint = Endpoint.listening(section, "endpoint", ENDPOINT);
    String path = section.string("path", "/");
    if (!path.startsWith("/")) {
      section.problem("path", "must begin with a slash");
    }
    Section body = section.section("response_body");
    String healthy = body.string("healthy");
    // Never answered: as long as there is somebody to answer, Sluice is alive.
    body.string("unhealthy");
    section.unsupported("check_collector_pipeline", "/status tells about delivery, / about life");
    if (section.bool("use_v2", false)) {
      section.problem("use_v2", VERSION_TWO);
    }
    for (String key : new String[] {"http", "grpc", "component_health"}) {
      section.refused(key, VERSION_TWO);
    }
    section.unsupported("cors", "the health page answers no browser scripts");
    return new HealthSettings(endpoint, path, healthy, PageAccess.read(section));
  }
}
