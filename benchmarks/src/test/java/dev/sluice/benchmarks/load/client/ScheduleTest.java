package dev.sluice.benchmarks.load.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.benchmarks.load.LoadCase;
import dev.sluice.benchmarks.load.http.MessageReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntToLongFunction;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  @Test
  void openLoopKeepsItsTimesWhateverTheTimeIs() {
    Schedule schedule = new Schedule.OpenLoop(1000);
    assertEquals(50, schedule.intendedNanos(0, 50, 999_999_999));
    assertEquals(50 + 7_000_000, schedule.intendedNanos(7, 50, 0));
  }

  @Test
  void openLoopDoesNotDrift() {
    Schedule schedule = new Schedule.OpenLoop(3000);
    assertEquals(1_000_000_000L * 1000, schedule.intendedNanos(3_000_000, 0, 0));
  }

  @Test
  void closedLoopSendsWhenASlotIsFree() {
    assertEquals(77, new Schedule.ClosedLoop().intendedNanos(5, 50, 77));
  }

  @Test
  void rateMustBePositive() {
    assertThrows(IllegalArgumentException.class, () -> new Schedule.OpenLoop(0));
  }

  /**
   * One stall of the peer delays a hundred requests: latency has them all, service time has one.
   */
  @Test
  void aStallIsSeenByEveryRequestThatItDelayed() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread peer =
          Thread.ofPlatform().daemon().start(() -> answer(server, i -> i == 10 ? STALL_NANOS : 0));
      LoadCase target = LoadCase.named("traces-http");
      Load load =
          Load.closed(target, Templates.of(target, 4), 1, 1, 200)
              .lasting(Duration.ofSeconds(1))
              .atItemsPerSecond(4 * 400);
      LoadReport report = new LoadRun(load, server.getLocalPort(), null, 0).run();
      peer.join();
      assertEquals(0, report.failed(), report.failure());
      long micros = STALL_NANOS / 1000;
      long late = report.latency().getTotalCount() - countUpTo(report.latency(), micros / 2);
      long slow = report.service().getTotalCount() - countUpTo(report.service(), micros / 2);
      assertTrue(late >= 50, "late from the intended time: " + late);
      assertTrue(slow < late, "slow from the real time: " + slow);
    }
  }

  /** Four thousand requests a second for a peer that takes five milliseconds each. */
  @Test
  void aRunEndsAtItsTimeHoweverFarItFellBehind() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread peer = Thread.ofPlatform().daemon().start(() -> answer(server, _ -> SLOW_NANOS));
      LoadCase target = LoadCase.named("traces-http");
      Load load =
          Load.closed(target, Templates.of(target, 4), 1, 1, 200)
              .lasting(Duration.ofMillis(300))
              .atItemsPerSecond(4 * 4000);
      LoadReport report = new LoadRun(load, server.getLocalPort(), null, 0).run();
      peer.join();
      assertEquals(0, report.failed(), report.failure());
      assertTrue(report.accepted() <= 60, "accepted " + report.accepted());
    }
  }

  private static long countUpTo(Histogram histogram, long value) {
    return histogram.getCountBetweenValues(0, value);
  }

  /** Answers the requests of one connection, each after a stall. */
  private static void answer(ServerSocket server, IntToLongFunction stallNanos) {
    try (Socket socket = server.accept()) {
      MessageReader reader = new MessageReader(Channels.newChannel(socket.getInputStream()));
      for (int i = 0; reader.readHead(); i++) {
        reader.skipBody();
        stall(System.nanoTime() + stallNanos.applyAsLong(i));
        socket.getOutputStream().write(OK);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The stall is the stimulus of the test, not a wait for something to happen. */
  private static void stall(long untilNanos) {
    while (System.nanoTime() < untilNanos) {
      LockSupport.parkNanos(untilNanos - System.nanoTime());
    }
  }
}
