package dev.sluice.receivers.otlp.grpc;

import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends calls whose message does not come. Calls of one event loop wait in one lane, oldest first
 * since all may wait equally long, so a lane needs one timer. Event loops only.
 */
final class BodyDeadlines {
  private final List<Lane> lanes = new ArrayList<>();

  BodyDeadlines(EventLoopGroup loops, long deadlineNanos) {
    for (EventExecutor loop : loops) {
      lanes.add(new Lane(loop, deadlineNanos));
    }
  }

  /** Waits for the call's message, from now; null when this is no event loop's thread. */
  @Nullable Lane watch(ExportCall call) {
    for (Lane lane : lanes) {
      if (lane.loop.inEventLoop()) {
        lane.add(call);
        return lane;
      }
    }
    return null;
  }

  /** The waiting calls of one event loop. */
  static final class Lane {
    private final EventExecutor loop;
    private final long deadlineNanos;
    private final Set<ExportCall> waiting = new LinkedHashSet<>();
    private boolean armed;

    Lane(EventExecutor loop, long deadlineNanos) {
      this.loop = loop;
      this.deadlineNanos = deadlineNanos;
    }

    EventExecutor loop() {
      return loop;
    }

    /** The call waits no longer. */
    void remove(ExportCall call) {
      waiting.remove(call);
    }

    private void add(ExportCall call) {
      call.begunNanos(loop.ticker().nanoTime());
      waiting.add(call);
      arm(deadlineNanos);
    }

    private void arm(long delayNanos) {
      if (!armed) {
        armed = true;
        var _ = loop.schedule(this::sweep, delayNanos, TimeUnit.NANOSECONDS);
      }
    }

    private void sweep() {
      armed = false;
      long now = loop.ticker().nanoTime();
      for (ExportCall call : List.copyOf(waiting)) {
        long leftNanos = deadlineNanos - (now - call.begunNanos());
        if (leftNanos > 0) {
          arm(leftNanos);
          return;
        }
        waiting.remove(call);
        call.tooSlow();
      }
    }
  }
}
