package dev.sluice.ondisk;

import dev.sluice.ondisk.KeptRequests.KeptRequest;
import dev.sluice.otlp.ProtoToJson;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes requests in the two forms of the Collector's {@code file} exporter: OTLP/JSON, one request
 * a line, or protobuf, each request after its length in four bytes, the most significant first. Of
 * the second form each file has one signal, since nothing in it tells which. One use, one thread.
 */
public final class RequestExport {
  /** How a request is written. */
  public enum Format {
    JSON,
    PROTO
  }

  private final OutputStream out;
  private final Format format;
  private final Terminal terminal;
  private @Nullable Signal signal;
  private long requests;
  private long items;
  private long malformed;

  /**
   * @param terminal for what could not be written, and the totals
   */
  public RequestExport(OutputStream out, Format format, Terminal terminal) {
    this.out = out;
    this.format = format;
    this.terminal = terminal;
  }

  /**
   * Writes all; false when something could not be read.
   *
   * @throws IOException when the output cannot be written, or would have two signals in one file of
   *     protobuf
   */
  public boolean write(KeptRequests source) throws IOException {
    List<String> damaged = source.read(this::take);
    out.flush();
    damaged.forEach(damage -> terminal.err().println("damaged: " + damage));
    terminal
        .err()
        .println(
            "exported: %s, %s"
                .formatted(Terminal.count(requests, "request"), Terminal.count(items, "item")));
    return damaged.isEmpty() && malformed == 0;
  }

  private boolean take(KeptRequest request) throws IOException {
    Telemetry telemetry = request.telemetry();
    String problem = JsonLine.problem(telemetry);
    if (!problem.isEmpty()) {
      malformed++;
      terminal.err().println("damaged: " + request.name() + ": " + problem);
      return true;
    }
    switch (format) {
      case JSON -> {
        out.write(ProtoToJson.request(telemetry));
        out.write('\n');
      }
      case PROTO -> proto(telemetry);
    }
    requests++;
    items += telemetry.items();
    return true;
  }

  private void proto(Telemetry telemetry) throws IOException {
    if (signal != null && signal != telemetry.signal()) {
      throw new IOException(
          "--format proto has one signal in a file, and here are %s and %s; choose with --signal or"
                  .formatted(signal.label(), telemetry.signal().label())
              + " --pipeline");
    }
    signal = telemetry.signal();
    out.write(ByteBuffer.allocate(Integer.BYTES).putInt(telemetry.size()).array());
    out.write(telemetry.bytes());
  }
}
