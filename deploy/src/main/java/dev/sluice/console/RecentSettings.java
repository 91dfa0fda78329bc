package dev.sluice.console;

import dev.sluice.config.Endpoint;
import dev.sluice.config.Section;
import dev.sluice.pages.PageAccess;
import java.time.Duration;

/**
 * The keys of the {@code recent} exporter.
 *
 * @param endpoint where the page is
 * @param bytesMax what is kept at most, of all signals together
 * @param ageMax how long it is kept at most
 * @param access who may see it
 */
record RecentSettings(Endpoint endpoint, long bytesMax, Duration ageMax, PageAccess access) {
  private static final Endpoint ENDPOINT = new Endpoint("localhost", 4319);
  private static final long BYTES_MAX = 48L << 20;
  private static final long BYTES_LEAST = 1L << 20;
  private static final long BYTES_MOST = 1L << 40;
  private static final Duration AGE_MAX = Duration.ofMinutes(15);

  static RecentSettings read(Section section) {
    return new RecentSettings(
        Endpoint.listening(section, "endpoint", ENDPOINT),
        section.longInteger("max_bytes", BYTES_MAX, BYTES_LEAST, BYTES_MOST),
        section.duration("max_age", AGE_MAX, Duration.ofSeconds(1)),
        PageAccess.read(section));
  }
}
