package dev.sluice.tls;

import dev.sluice.config.PemSource;
import dev.sluice.config.Section;
import dev.sluice.config.TlsClientConfig;
import dev.sluice.config.TlsServerConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code tls} sections, and makes sure that the files they name can be used, so that {@code
 * validate} finds what the start would. Stateless.
 */
public final class TlsSections {
  private TlsSections() {}

  /** Reads the {@code tls} of an exporter. */
  public static TlsClientConfig client(Section exporter) {
    Section section = exporter.section("tls");
    TlsClientConfig config = TlsClientConfig.read(section);
    if (config.material().namesFiles()) {
      check(section, TlsFiles.of(config));
    }
    return config;
  }

  /** Reads the {@code tls} of what listens; null when there is none. */
  public static @Nullable TlsServerConfig server(Section listener) {
    Section section = listener.sectionIfPresent("tls");
    if (section == null || section.keys().isEmpty()) {
      return null;
    }
    TlsServerConfig config = TlsServerConfig.read(section);
    if (config.material().certificate() != null && config.material().key() != null) {
      check(section, TlsFiles.of(config));
    }
    return config;
  }

  private static void check(Section section, TlsFiles files) {
    if (!isWhole(files)) {
      return;
    }
    try {
      files.load(files.read(), "checked");
    } catch (IllegalArgumentException e) {
      section.problem(String.valueOf(e.getMessage()));
    }
  }

  /** Whether the files are there; when not, that is a problem already. */
  private static boolean isWhole(TlsFiles files) {
    boolean pair = (files.material().certificate() == null) == (files.material().key() == null);
    return pair
        && isThere(files.authorities())
        && isThere(files.material().certificate())
        && isThere(files.material().key());
  }

  private static boolean isThere(@Nullable PemSource pem) {
    return !(pem instanceof PemSource.File(Path path)) || !path.toString().isEmpty();
  }
}
