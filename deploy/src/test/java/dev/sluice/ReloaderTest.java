package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.pipeline.ManualClock;
import dev.sluice.security.Reloadable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReloaderTest {
  private final ManualClock clock = new ManualClock();
  private final List<String> read = new ArrayList<>();
  private final Reloader reloader =
      new Reloader(
          clock,
          (_, _) -> {
            throw new AssertionError("not to be started here");
          });

  @Test
  void readsEachAtItsIntervalAndTheFirstTimeAtOnce() {
    reloader.add(reloadable("often", Duration.ofSeconds(10)));
    reloader.add(reloadable("seldom", Duration.ofSeconds(25)));
    assertEquals(Duration.ofSeconds(10).toNanos(), reloader.doWork());
    assertEquals(List.of("often", "seldom"), read);
    clock.advance(Duration.ofSeconds(9));
    assertEquals(Duration.ofSeconds(1).toNanos(), reloader.doWork());
    clock.advance(Duration.ofSeconds(1));
    reloader.doWork();
    clock.advance(Duration.ofSeconds(15));
    reloader.doWork();
    assertEquals(List.of("often", "seldom", "often", "often", "seldom"), read);
  }

  @Test
  void aFailureDoesNotKeepOthersFromBeingRead() {
    reloader.add(
        new Named("broken", Duration.ofSeconds(1)) {
          @Override
          public void reload() {
            throw new IllegalStateException("broken");
          }
        });
    reloader.add(reloadable("whole", Duration.ofSeconds(1)));
    reloader.doWork();
    assertEquals(List.of("whole"), read);
  }

  @Test
  void theThreadBeginsWithTheFirstAndEndsWithStop() throws InterruptedException {
    TestHost host = new TestHost();
    Host process = host.host();
    Reloader running = new Reloader(process.clock(), process.threads());
    running.start();
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    running.add(counting(first));
    first.await();
    running.add(counting(second));
    second.await();
    running.stop();
    assertEquals(List.of(), host.leaked());
  }

  private static Reloadable counting(CountDownLatch latch) {
    return new Named("counting", Duration.ofHours(1)) {
      @Override
      public void reload() {
        latch.countDown();
      }
    };
  }

  private Reloadable reloadable(String name, Duration interval) {
    return new Named(name, interval) {
      @Override
      public void reload() {
        read.add(name);
      }
    };
  }

  private abstract static class Named implements Reloadable {
    private final String name;
    private final Duration interval;

    Named(String name, Duration interval) {
      this.name = name;
      this.interval = interval;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Duration interval() {
      return interval;
    }
  }
}
