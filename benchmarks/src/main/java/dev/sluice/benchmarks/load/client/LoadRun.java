package dev.sluice.benchmarks.load.client;

import dev.sluice.benchmarks.load.LoadCase.Transport;
import dev.sluice.benchmarks.load.sink.IdLedger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One load on one collector: a thread for each request that can be under way. Threads take the next
 * request of the schedule, wait for its time, send it, and count the answer. Used once.
 *
 * <p>It is over when its load is; answers that are late by more than {@value #GRACE_SECONDS} s are
 * cut off.
 */
public final class LoadRun {
  private static final int GRACE_SECONDS = 10;
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final long PAUSE_AFTER_FAILURE_NANOS = 1_000_000;

  private final Load load;
  private final int port;
  private final @Nullable IdLedger ledger;
  private final long firstId;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Histogram latency = new ConcurrentHistogram(SIGNIFICANT_DIGITS);
  private final Histogram service = new ConcurrentHistogram(SIGNIFICANT_DIGITS);
  private final Histogram lateness = new ConcurrentHistogram(SIGNIFICANT_DIGITS);
  private final AtomicReference<String> failure = new AtomicReference<>("");
  private volatile boolean over;
  private long startNanos;
  private long endNanos;

  /**
   * @param port of the collector's receiver, of the load's transport
   * @param ledger takes what is accepted; or null, when nothing is checked
   * @param firstId of the first item
   */
  public LoadRun(Load load, int port, @Nullable IdLedger ledger, long firstId) {
    this.load = load;
    this.port = port;
    this.ledger = ledger;
    this.firstId = firstId;
  }

  /** Sends everything and blocks until the last answer. */
  public LoadReport run() throws InterruptedException {
    List<Exchange> exchanges = new ArrayList<>();
    try (GrpcConnections grpc = grpc()) {
      for (int slot = 0; slot < load.slots(); slot++) {
        exchanges.add(exchange(grpc, slot));
      }
      exchanges.forEach(Exchange::connect);
      startNanos = System.nanoTime();
      endNanos = startNanos + load.durationMax().toNanos();
      List<Thread> threads = new ArrayList<>();
      for (int slot = 0; slot < load.slots(); slot++) {
        threads.add(start(exchanges.get(slot), slot));
      }
      join(threads, exchanges, grpc);
    }
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    return new LoadReport(
        seconds,
        load.items(),
        accepted.get(),
        refused.get(),
        failed.get(),
        failure.get(),
        latency,
        service,
        lateness);
  }

  private @Nullable GrpcConnections grpc() {
    boolean grpc = load.target().transport() == Transport.GRPC;
    return grpc ? new GrpcConnections(load.target(), port, load.connections()) : null;
  }

  private Exchange exchange(@Nullable GrpcConnections grpc, int slot) {
    int bodyBytesMax = load.templates().lengthMax();
    return grpc == null
        ? new HttpExchange(load.target(), port, bodyBytesMax)
        : grpc.exchange(slot % load.connections(), bodyBytesMax);
  }

  private Thread start(Exchange exchange, int slot) {
    return Thread.ofPlatform().daemon().name("load-" + slot).start(() -> work(exchange, slot));
  }

  private void join(List<Thread> threads, List<Exchange> exchanges, @Nullable GrpcConnections grpc)
      throws InterruptedException {
    long cutOff = endNanos + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
    for (Thread thread : threads) {
      thread.join(Duration.ofNanos(Math.max(1, cutOff - System.nanoTime())));
    }
    over = true;
    exchanges.forEach(Exchange::close);
    if (grpc != null) {
      grpc.close();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void work(Exchange exchange, int slot) {
    for (long turn = 0; !over; turn++) {
      long request = next.getAndIncrement();
      if (request >= load.requestsMax()) {
        return;
      }
      long now = System.nanoTime();
      long intended = load.schedule().intendedNanos(request, startNanos, now);
      // What a schedule that fell behind has left at the end is not sent any more.
      if (Math.max(now, intended) - endNanos >= 0 || !sleepUntil(intended)) {
        return;
      }
      send(exchange, load.templates().of(slot, load.slots(), turn), request, intended);
    }
  }

  private boolean sleepUntil(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      if (over) {
        return false;
      }
      LockSupport.parkNanos(left);
    }
    return true;
  }

  private void send(Exchange exchange, Template template, long request, long intended) {
    ByteBuffer copy = exchange.load(template);
    long item = request * load.items();
    template.stamp(
        copy, exchange.bodyOffset(), firstId + item, epochNanos(), item, load.seriesCount());
    long sent = System.nanoTime();
    lateness.recordValue(Math.max(0, sent - intended) / 1000);
    switch (exchange.send()) {
      case ACCEPTED -> accepted(request, intended, sent);
      case REFUSED -> {
        refused.incrementAndGet();
        over = over || load.endsAtRefusal();
        LockSupport.parkNanos(load.schedule().pauseAfterRefusalNanos());
      }
      case FAILED -> {
        failed.incrementAndGet();
        failure.compareAndSet("", exchange.failure());
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
      }
    }
  }

  private void accepted(long request, long intended, long sent) {
    long now = System.nanoTime();
    latency.recordValue((now - intended) / 1000);
    service.recordValue((now - sent) / 1000);
    accepted.incrementAndGet();
    if (ledger != null) {
      ledger.accepted(request);
    }
  }

  private static long epochNanos() {
    return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
  }
}
