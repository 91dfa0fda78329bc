package dev.sluice.exporters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Delivery;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.Loss;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What every exporter that talks to a backend must do. A test of one inherits this, says how its
 * protocol answers, and adds what is its own.
 *
 * <p>Exporters under test are configured to send {@link #SECRET} as a header.
 *
 * @param <R> an answer of the protocol
 * @param <P> a peer that speaks the protocol
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ExporterContract<R, P extends Peer<R>> {
  /** Must not show up in any reason. */
  protected static final String SECRET = "s3cr3t-t0ken";

  /** Longer than any answer on loopback takes. */
  protected static final long PATIENT = Duration.ofSeconds(30).toNanos();

  /** Long enough for a request to arrive. */
  private static final long IMPATIENT = Duration.ofMillis(400).toNanos();

  /** Once a process: OkHttp's, which end after a minute, and those that carry virtual threads. */
  private static final List<String> SHARED_THREADS =
      List.of("OkHttp TaskRunner", "Okio Watchdog", "ForkJoinPool-1-worker");

  protected abstract P peer();

  /** An exporter that sends to the peer. */
  protected abstract Exporter exporter(P peer);

  /** A few items, the same at each call. */
  protected abstract Batch batch();

  /** Fails unless a payload that arrived says what {@link #batch} holds. */
  protected abstract void assertHoldsTheBatch(byte[] payload);

  /** Everything that the protocol says is to be tried again, without a delay. */
  protected abstract List<R> retryable();

  /** Try again in so many seconds. */
  protected abstract R retryAfter(int seconds);

  /** Answers that say that the data is wrong and that a part of it may be good. */
  protected abstract List<R> divisible();

  /** Answers that say never, and that halving does not help. */
  protected abstract List<R> permanent();

  /** Answers that a person has to mend. */
  protected abstract List<R> held();

  /** Taken, but for so many items; null when the protocol has no such answer. */
  protected abstract R partialSuccess(int rejected, String message);

  /** Never an answer. */
  protected abstract List<R> hanging();

  /** The connection is closed before, or in the middle of, an answer. */
  protected abstract List<R> closing();

  /** Success, with far more bytes than an answer can have. */
  protected abstract R huge();

  @Test
  void deliversOnce() {
    with((peer, exporter) -> {
      assertEquals(ExportResult.DELIVERED, exporter.prepare(batch()).attempt(PATIENT));
      assertHoldsTheBatch(peer.take());
      assertEquals(0, peer.waiting());
    });
  }

  @Test
  void triesAgainWhatIsRetryableAndSendsTheSame() {
    with((peer, exporter) -> {
      for (R reply : retryable()) {
        peer.script(reply);
        Delivery delivery = exporter.prepare(batch());
        ExportResult.Retry retry = is(ExportResult.Retry.class, delivery.attempt(PATIENT), reply);
        assertEquals(-1, retry.delayNanos(), () -> "" + reply);
        assertHoldsTheBatch(peer.take());
        assertEquals(ExportResult.DELIVERED, delivery.attempt(PATIENT), () -> "" + reply);
        assertHoldsTheBatch(peer.take());
      }
      assertEquals(0, peer.waiting());
    });
  }

  /** Reliability test 16. */
  @Test
  void passesOnTheDelayThatThePeerAsksFor() {
    with((peer, exporter) -> {
      peer.script(retryAfter(17));
      ExportResult.Retry retry =
          is(ExportResult.Retry.class, exporter.prepare(batch()).attempt(PATIENT), "17 s");
      assertEquals(Duration.ofSeconds(17).toNanos(), retry.delayNanos());
    });
  }

  @Test
  void neverTriesAgainWhatIsPermanent() {
    with((peer, exporter) -> {
      for (R reply : divisible()) {
        assertTrue(permanent(peer, exporter, reply).divisible(), () -> "" + reply);
      }
      for (R reply : permanent()) {
        assertFalse(permanent(peer, exporter, reply).divisible(), () -> "" + reply);
      }
    });
  }

  private ExportResult.Permanent permanent(P peer, Exporter exporter, R reply) {
    peer.script(reply);
    return is(ExportResult.Permanent.class, exporter.prepare(batch()).attempt(PATIENT), reply);
  }

  /** Reliability test 16: 401, and redirects, which are not followed. */
  @Test
  void holdsWhatAPersonHasToMend() {
    with((peer, exporter) -> {
      for (R reply : held()) {
        peer.script(reply);
        Delivery delivery = exporter.prepare(batch());
        is(ExportResult.Hold.class, delivery.attempt(PATIENT), reply);
        assertEquals(ExportResult.DELIVERED, delivery.attempt(PATIENT), () -> "" + reply);
      }
    });
  }

  /** Reliability test 20. */
  @Test
  void reportsPartialSuccess() {
    R reply = partialSuccess(1, "too old");
    if (reply == null) {
      return;
    }
    with((peer, exporter) -> {
      peer.script(reply);
      ExportResult.Delivered delivered =
          assertInstanceOf(
              ExportResult.Delivered.class, exporter.prepare(batch()).attempt(PATIENT));
      assertEquals(1, delivered.losses().size());
      Loss loss = delivered.losses().getFirst();
      assertEquals(Loss.Kind.REJECTED, loss.kind());
      assertEquals(1, loss.items());
      assertTrue(loss.reason().contains("too old"), loss.reason());
    });
  }

  /** Reliability test 18. */
  @Test
  void survivesAPeerThatHangs() {
    with((peer, exporter) -> {
      for (R reply : hanging()) {
        peer.script(reply);
        Delivery delivery = exporter.prepare(batch());
        is(ExportResult.Retry.class, delivery.attempt(IMPATIENT), reply);
        assertEquals(ExportResult.DELIVERED, delivery.attempt(PATIENT), () -> "" + reply);
      }
    });
  }

  /** Reliability test 17: a peer that stores and does not say so gets it twice, and not oftener. */
  @Test
  void survivesAPeerThatCloses() {
    with((peer, exporter) -> {
      for (R reply : closing()) {
        peer.script(reply);
        Delivery delivery = exporter.prepare(batch());
        is(ExportResult.Retry.class, delivery.attempt(PATIENT), reply);
        assertEquals(ExportResult.DELIVERED, delivery.attempt(PATIENT), () -> "" + reply);
        assertHoldsTheBatch(peer.take());
        assertHoldsTheBatch(peer.take());
        assertEquals(0, peer.waiting(), () -> reply + ": sent once an attempt");
      }
    });
  }

  @Test
  void survivesAPeerThatIsNotThere() {
    P peer = peer();
    try (Exporter exporter = exporter(peer)) {
      peer.close();
      ExportResult.Retry retry =
          is(ExportResult.Retry.class, exporter.prepare(batch()).attempt(PATIENT), "no peer");
      assertTrue(retry.reason().contains("connection refused"), retry.reason());
    }
  }

  /** Reliability test 18. */
  @Test
  void survivesAHugeAnswer() {
    with((peer, exporter) -> {
      peer.script(huge());
      assertNotNull(exporter.prepare(batch()).attempt(PATIENT));
    });
  }

  @Test
  void anInterruptAbortsTheAttempt() {
    with((peer, exporter) -> {
      peer.script(hanging().getFirst());
      CompletableFuture<ExportResult> result = new CompletableFuture<>();
      Delivery delivery = exporter.prepare(batch());
      Thread sender =
          Thread.ofPlatform()
              .daemon()
              .start(() -> result.complete(delivery.attempt(PATIENT * 100)));
      peer.take();
      sender.interrupt();
      ExportResult.Retry retry = is(ExportResult.Retry.class, soon(result), "interrupted");
      assertTrue(retry.reason().contains("interrupted"), retry.reason());
    });
  }

  @Test
  void closesWithoutLeavingThreads() throws InterruptedException {
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    try (P peer = peer();
        Exporter exporter = exporter(peer)) {
      exporter.prepare(batch()).attempt(PATIENT);
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread)
          && SHARED_THREADS.stream().noneMatch(thread.getName()::contains)) {
        assertTrue(thread.join(Duration.ofSeconds(30)), () -> "left: " + thread.getName());
      }
    }
  }

  /** The result as what it should be; its reason is for a person and holds no secret. */
  protected static <T extends ExportResult> T is(
      Class<T> type, ExportResult result, Object context) {
    T expected = assertInstanceOf(type, result, () -> context + " gave " + result);
    String reason =
        switch (result) {
          case ExportResult.Delivered _ -> "delivered";
          case ExportResult.Retry retry -> retry.reason();
          case ExportResult.Hold hold -> hold.reason();
          case ExportResult.Permanent permanent -> permanent.reason();
        };
    assertFalse(reason.isBlank(), () -> context + " has no reason");
    assertFalse(reason.contains(SECRET), reason);
    return expected;
  }

  private static ExportResult soon(CompletableFuture<ExportResult> result) {
    try {
      return result.get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the attempt did not end", e);
    }
  }

  private void with(Trial<P> trial) {
    try (P peer = peer();
        Exporter exporter = exporter(peer)) {
      trial.run(peer, exporter);
    }
  }

  @FunctionalInterface
  private interface Trial<P> {
    void run(P peer, Exporter exporter);
  }
}
