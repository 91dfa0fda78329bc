package dev.sluice.benchmarks.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The state of the sources that were measured. */
final class Repository {
  private Repository() {}

  /** The commit, with {@code -dirty} when files were changed since; {@code unknown} without git. */
  static String commit() throws InterruptedException {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() == 0 ? text.strip() : "unknown";
    } catch (IOException _) {
      return "unknown";
    }
  }
}
