package dev.sluice;

import java.time.Duration;
import java.util.List;

/** What the command line asks for. */
sealed interface Command {
  /**
   * Where the configuration comes from.
   *
   * @param locations the values of {@code --config}; empty means the embedded one
   * @param assignments the values of {@code --set}
   */
  record Sources(List<String> locations, List<String> assignments) {
    boolean embedded() {
      return locations.isEmpty();
    }
  }

  /**
   * Receive and deliver until a signal comes.
   *
   * @param featureGates the Collector's switches, of which we have none
   * @param dataFolder where to keep dead letters; empty for the usual place
   * @param shutdownTimeout how long delivering may take once a signal came
   */
  record Run(
      Sources sources, List<String> featureGates, String dataFolder, Duration shutdownTimeout)
      implements Command {}

  /** Read the configuration, say what is wrong with it, open nothing. */
  record Validate(Sources sources) implements Command {}

  /** List what this program consists of. */
  record Components() implements Command {}

  /** Print the effective configuration. */
  record PrintConfig(Sources sources, boolean redacted) implements Command {}

  /**
   * Ask a running Sluice how it is.
   *
   * @param endpoint where it answers; empty for what the configuration says
   * @param ready whether to ask for readiness instead of life
   */
  record Health(Sources sources, String endpoint, boolean ready) implements Command {}

  /**
   * Look at what is on disk, or send it.
   *
   * @param group {@code journal} or {@code dead-letters}
   * @param arguments all others
   */
  record OnDisk(String group, List<String> arguments) implements Command {}

  /**
   * Ask a running Sluice what became of something.
   *
   * @param endpoint where its API is; empty for what the configuration says
   * @param parameter what is asked about, as the API calls it
   * @param json whether to print the API's JSON instead of a text
   */
  record Explain(Sources sources, String endpoint, String parameter, String value, boolean json)
      implements Command {}

  /** Print the version. */
  record Version() implements Command {}

  /** Print this text. */
  record Help(String text) implements Command {}

  /** The command line makes no sense, for this reason. */
  record Misused(String reason) implements Command {}
}
