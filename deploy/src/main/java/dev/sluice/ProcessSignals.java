package dev.sluice;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * The signals of the operating system.
 *
 * <p>A shutdown hook would not do: the JVM then exits with 143 and does not hear a second signal.
 */
final class ProcessSignals implements Signals {
  private static final Logger LOGGER = LoggerFactory.getLogger(ProcessSignals.class);

  @Override
  public void on(String name, Runnable action) {
    try {
      Signal.handle(new Signal(name), signal -> action.run());
    } catch (IllegalArgumentException e) {
      // Not known to this system, or kept by the JVM (-Xrs).
      LOGGER.debug("signal {} is not handled: {}", name, e.getMessage());
    }
  }

  @Override
  public void exitNow(int status) {
    Runtime.getRuntime().halt(status);
  }
}
