package dev.sluice.ondisk;

import dev.sluice.ondisk.KeptRequests.KeptRequest;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Intake;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.PipelineStatus;
import dev.sluice.pipeline.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Sends requests on disk through pipelines, waiting for room, and says at the end what became of
 * them. One use; one thread runs it, {@link #stop} may be called on another.
 */
public final class Replay {
  private static final long PROGRESS_NANOS = 2_000_000_000L;
  private static final long DRAIN_NANOS_MAX = Long.MAX_VALUE / 4;
  private static final long LOOK_MILLIS = 100;

  private final ReplayTarget target;
  private final Terminal terminal;
  private final Threads threads;
  private final Sending sending;
  private final Set<Signal> homeless = EnumSet.noneOf(Signal.class);
  private long tooLarge;
  private long totalItems;
  private long readItems;
  private long lastItems;
  private String last = "";
  private long progressNanos;
  private volatile boolean stopped;

  public Replay(ReplayTarget target, Terminal terminal, Threads threads) {
    this.target = target;
    this.terminal = terminal;
    this.threads = threads;
    sending = new Sending(target);
  }

  /** Reads no more, gives up what is under way, and lets {@link #run} say how far it came. */
  public void stop() {
    stopped = true;
  }

  /**
   * Sends all; the pipelines are closed at the end.
   *
   * @return whether everything was read and delivered by every exporter
   */
  public boolean run(KeptRequests source) throws IOException {
    totalItems = source.items();
    progressNanos = terminal.clock().nanoTime();
    target.pipelines().forEach(Pipeline::start);
    List<String> damaged;
    try {
      damaged = source.read(request -> take(request, source));
      while (!stopped && !sending.isDone()) {
        pause(source);
      }
    } finally {
      drain();
      target.lettersWritten().run();
    }
    sending.settle(source);
    return report(damaged);
  }

  private boolean take(KeptRequest request, KeptRequests source) throws IOException {
    Intake intake = target.intakes().get(request.telemetry().signal());
    readItems += request.telemetry().items();
    if (intake == null) {
      homeless.add(request.telemetry().signal());
      return !stopped;
    }
    if (request.telemetry().size() > target.requestBytesMax()) {
      tooLarge++;
      return !stopped;
    }
    while (!stopped && !sending.tryOffer(request, intake)) {
      pause(source);
    }
    if (!stopped) {
      last = request.name();
      lastItems += request.telemetry().items();
    }
    return !stopped;
  }

  /** Waits a moment for room or answers. */
  private void pause(KeptRequests source) throws IOException {
    try {
      sending.await(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
    sending.settle(source);
    progress();
  }

  private void progress() {
    long now = terminal.clock().nanoTime();
    if (now - progressNanos < PROGRESS_NANOS) {
      return;
    }
    progressNanos = now;
    StringBuilder line = new StringBuilder("replay: ");
    line.append(lastItems).append(" of ").append(totalItems).append(" items sent");
    for (PipelineStatus pipeline : statuses()) {
      for (PipelineStatus.Exporter exporter : pipeline.exporters()) {
        line.append("; ").append(pipeline.id()).append(' ').append(exporter.id());
        line.append(": ").append(exporter.delivered()).append(" delivered");
        if (exporter.failing()) {
          line.append(", waiting: ").append(exporter.lastError());
        }
      }
    }
    terminal.err().println(line);
  }

  /** Lets the pipelines deliver what they hold, and closes them. */
  private void drain() {
    List<Thread> draining = new ArrayList<>();
    for (Pipeline pipeline : target.pipelines()) {
      draining.add(
          threads.start(
              "replay-drain-" + draining.size(),
              () -> pipeline.drain(stopped ? 0 : DRAIN_NANOS_MAX)));
    }
    boolean interrupted = false;
    for (Thread thread : draining) {
      while (thread.isAlive()) {
        try {
          if (!thread.join(Duration.ofMillis(LOOK_MILLIS))) {
            progress();
            interrupted |= stopped;
          }
        } catch (InterruptedException e) {
          stopped = true;
        }
        if (stopped) {
          draining.forEach(Thread::interrupt);
        }
      }
    }
    if (interrupted) {
      terminal.err().println("replay: stopped; what was under way counts as not delivered");
    }
  }

  private List<PipelineStatus> statuses() {
    return target.pipelines().stream().map(Pipeline::status).toList();
  }

  private boolean report(List<String> damaged) {
    damaged.forEach(damage -> terminal.err().println("damaged, not sent: " + damage));
    for (Signal signal : homeless) {
      terminal.err().println("not sent: no pipeline of --to takes " + signal.label());
    }
    if (tooLarge > 0) {
      terminal
          .err()
          .println(
              "not sent: "
                  + Terminal.count(tooLarge, "request")
                  + " larger than the memory for telemetry; SLUICE_JAVA_OPTS=-Xmx1g gives more");
    }
    boolean delivered = damaged.isEmpty() && homeless.isEmpty() && tooLarge == 0 && !stopped;
    for (PipelineStatus pipeline : statuses()) {
      for (PipelineStatus.Exporter exporter : pipeline.exporters()) {
        delivered &= report(pipeline, exporter);
      }
    }
    terminal.line(
        "replay: %d of %d items were sent%s",
        lastItems,
        Math.max(totalItems, readItems),
        stopped && !last.isEmpty() ? "; stopped after " + last : "");
    return delivered;
  }

  private boolean report(PipelineStatus pipeline, PipelineStatus.Exporter exporter) {
    long dropped = exporter.dropped().values().stream().mapToLong(Long::longValue).sum();
    boolean all = exporter.delivered() == exporter.accepted();
    terminal.line(
        "%s, %s: %d delivered, %d dropped%s, %d dead-lettered%s",
        pipeline.id(),
        exporter.id(),
        exporter.delivered(),
        dropped,
        dropped == 0 ? "" : " " + exporter.dropped(),
        exporter.deadLettered(),
        all || exporter.lastError().isEmpty() ? "" : "; last error: " + exporter.lastError());
    return all;
  }
}
