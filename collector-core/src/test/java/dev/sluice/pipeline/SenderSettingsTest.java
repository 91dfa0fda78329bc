package dev.sluice.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Problems;
import dev.sluice.config.Sections;
import dev.sluice.pipeline.QueueSettings.Sizer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SenderSettingsTest {
  private final Problems problems = new Problems();

  @Test
  void hasTheCollectorsDefaultsExceptWhereDataWouldBeLost() {
    SenderSettings settings = read("{}");
    assertEquals(Duration.ofSeconds(5), settings.timeout());
    assertEquals(10, settings.queue().consumers());
    assertEquals(QueueSettings.UNLIMITED, settings.queue().capacity());
    assertNull(settings.batch());
    assertEquals(Duration.ofSeconds(5), settings.retry().initialInterval());
    assertEquals(Duration.ofSeconds(30), settings.retry().maxInterval());
    assertEquals(Duration.ZERO, settings.retry().maxElapsed(), "never gives up");
  }

  @Test
  void readsTheCollectorsKeys() {
    SenderSettings settings =
        read(
            """
            timeout: 7s
            sending_queue:
              num_consumers: 3
              queue_size: 5000
              sizer: items
              wait_for_result: true
              overflow: refuse
              max_age: 6h
              batch:
                min_size: 100
                max_size: 200
                flush_timeout: 1s
            retry_on_failure:
              initial_interval: 1s
              multiplier: 2
              max_interval: 9s
              max_elapsed_time: 60s
            """);
    assertEquals(
        new QueueSettings(
            3,
            5000,
            Sizer.ITEMS,
            true,
            new Retention(Retention.Overflow.REFUSE, Duration.ofHours(6))),
        settings.queue());
    assertEquals(new BatchSettings(100, 200, Sizer.ITEMS, Duration.ofSeconds(1)), settings.batch());
    assertEquals(Duration.ofSeconds(60), settings.retry().maxElapsed());
    assertEquals(Duration.ofSeconds(7).toNanos(), settings.timeoutNanos());
    assertFalse(problems.hasErrors(), problems.format());
  }

  @Test
  void anEmptyBatchSectionIsTheCollectorsBatching() {
    BatchSettings batch = read("sending_queue: {batch: {}}").batch();
    assertEquals(new BatchSettings(8192, 0, Sizer.ITEMS, Duration.ofMillis(200)), batch);
  }

  @Test
  void withoutAQueueTheAnswerWaitsForTheResult() {
    assertTrue(read("sending_queue: {enabled: false}").queue().waitForResult());
  }

  @Test
  void aTimeoutOfZeroIsNone() {
    assertTrue(read("timeout: 0s").timeoutNanos() >= Duration.ofHours(1).toNanos());
  }

  @Test
  void refusesWhatMakesNoSense() {
    read(
        """
        sending_queue:
          num_consumers: 0
          queue_size: 0
          batch: {min_size: 10, max_size: 5}
        retry_on_failure: {multiplier: 0.5}
        """);
    for (String key : new String[] {"num_consumers", "queue_size", "max_size", "multiplier"}) {
      assertTrue(problems.format().contains(key), key + " in " + problems.format());
    }
  }

  private SenderSettings read(String yaml) {
    return SenderSettings.read(Sections.of(yaml, problems), SenderSettings.DEFAULTS);
  }
}
