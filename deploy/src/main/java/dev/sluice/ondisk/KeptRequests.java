package dev.sluice.ondisk;

import dev.sluice.otlp.Telemetry;
import java.io.IOException;
import java.util.List;

/** Requests on disk that are meant, of journals or of dead letters. Used by one thread. */
public interface KeptRequests {
  /**
   * One of them.
   *
   * @param name for a person: which it is
   */
  record KeptRequest(String name, Telemetry telemetry) {}

  /** Takes them in their order. */
  interface Taker {
    /** Takes one; false when it wants no more. */
    boolean take(KeptRequest request) throws IOException;
  }

  /** How many items there are, as far as is known without reading them. */
  long items();

  /**
   * Reads them.
   *
   * @return what could not be read, a line each
   */
  List<String> read(Taker taker) throws IOException;

  /** One was delivered whole, to all exporters. */
  void delivered(KeptRequest request) throws IOException;
}
