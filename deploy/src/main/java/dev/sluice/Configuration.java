package dev.sluice;

import dev.sluice.Command.Sources;
import dev.sluice.config.Config;
import dev.sluice.config.ConfigLoader;
import dev.sluice.config.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A configuration as loaded and read: what was written, what it asks for, and what is wrong with
 * it.
 *
 * @param blueprint to be used only when there are no errors among the problems
 */
record Configuration(Config config, Blueprint blueprint, Problems problems) {
  /** The variable that the embedded configuration stands in, for as long as nobody sets it. */
  private static final String EMBEDDED_VARIABLE = "SLUICE_EMBEDDED_CONFIG";

  private static final String LISTEN_HOST_VARIABLE = "SLUICE_LISTEN_HOST";

  /** Loads the sources, or the embedded configuration when there are none. */
  static Configuration load(Host host, Sources sources, Components components, Memory memory) {
    Problems problems = new Problems();
    List<String> locations =
        sources.embedded() ? List.of("env:" + EMBEDDED_VARIABLE) : sources.locations();
    Config config =
        new ConfigLoader(name -> variable(host, name), problems)
            .load(locations, sources.assignments());
    Blueprint blueprint =
        new BlueprintReader(components, problems, memory.totalBytes()).read(config);
    return new Configuration(config, blueprint, problems);
  }

  private static @Nullable String variable(Host host, String name) {
    String value = host.environment().apply(name);
    if (value != null) {
      return value;
    }
    return switch (name) {
      case EMBEDDED_VARIABLE -> Resources.embeddedConfiguration();
      case LISTEN_HOST_VARIABLE -> host.container() ? "0.0.0.0" : "localhost";
      default -> null;
    };
  }
}
