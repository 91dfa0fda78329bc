package dev.sluice.exporters.otlp;

import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what a peer advises although it took everything: once, until it says something else.
 * Thread-safe.
 */
public final class Advice {
  private static final Logger LOG = LoggerFactory.getLogger(Advice.class);

  private final String exporterId;
  private final AtomicReference<String> last = new AtomicReference<>("");

  public Advice(String exporterId) {
    this.exporterId = exporterId;
  }

  public void hear(PartialSuccess partial) {
    if (partial.isAdvice() && !last.getAndSet(partial.message()).equals(partial.message())) {
      LOG.warn("{}: the peer took everything, and says: {}", exporterId, partial.message());
    }
  }
}
