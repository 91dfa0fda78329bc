package dev.sluice.auth;

import dev.sluice.security.Digest;
import dev.sluice.security.Reloadable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A text of files that is handed on when it has changed. What cannot be read or used is told once;
 * what was used before stays. One thread.
 */
final class WatchedText implements Reloadable {
  private static final Logger LOGGER = LoggerFactory.getLogger(WatchedText.class);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final String name;
  private final Source source;
  private final Consumer<String> use;
  private final LongAdder failures = new LongAdder();
  private @Nullable Digest seen;
  private boolean unreadable;

  /** Where the text comes from. */
  @FunctionalInterface
  interface Source {
    String read() throws IOException;
  }

  /**
   * Uses nothing yet.
   *
   * @param use takes a new text; what it cannot use is an {@link IllegalArgumentException} whose
   *     message shows nothing of it
   */
  WatchedText(String name, Source source, Consumer<String> use) {
    this.name = name;
    this.source = source;
    this.use = use;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  @Override
  public void reload() {
    String text;
    try {
      text = source.read();
    } catch (IOException e) {
      if (!unreadable) {
        unreadable = true;
        failed(e);
      }
      return;
    }
    unreadable = false;
    Digest digest = Digest.of(text);
    if (digest.equals(seen)) {
      return;
    }
    boolean first = seen == null;
    seen = digest;
    try {
      use.accept(text);
      if (!first) {
        LOGGER.info("{}: read again", name);
      }
    } catch (IllegalArgumentException e) {
      failed(e);
    }
  }

  long failures() {
    return failures.sum();
  }

  private void failed(Exception cause) {
    failures.increment();
    LOGGER.error("{}: {}; what was read before stays in use", name, cause.getMessage());
  }
}
