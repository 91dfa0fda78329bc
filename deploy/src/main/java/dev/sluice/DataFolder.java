package dev.sluice;

import java.nio.file.Path;

/**
 * The folder for what Sluice keeps on disk.
 *
 * @param chosen whether a person named it, who then wants to know when it cannot be had
 */
record DataFolder(Path path, boolean chosen) {
  static final String VARIABLE = "SLUICE_DATA_DIR";

  /**
   * The folder of the option, the variable, systemd's STATE_DIRECTORY, or the usual place: {@code
   * /var/lib/sluice} in a container, the user's state folder elsewhere.
   */
  static DataFolder choose(Host host, String option) {
    if (!option.isEmpty()) {
      return new DataFolder(Path.of(option), true);
    }
    for (String variable : new String[] {VARIABLE, "STATE_DIRECTORY"}) {
      String named = host.variable(variable);
      if (!named.isEmpty()) {
        return new DataFolder(Path.of(named), true);
      }
    }
    return new DataFolder(usual(host), false);
  }

  private static Path usual(Host host) {
    String state = host.variable("XDG_STATE_HOME");
    if (host.container()) {
      return Path.of("/var/lib/sluice");
    }
    return state.isEmpty()
        ? Path.of(host.variable("HOME"), ".local", "state", "sluice")
        : Path.of(state, "sluice");
  }
}
