package dev.sluice.it;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/** Asks again and again until the answer is good or a deadline has passed. */
final class Await {
  private static final long PAUSE_NANOS = 100_000_000L;
  private static final int SHOWN_MAX = 4_000;

  private Await() {}

  /** A question whose answer may not be there yet. */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws Exception;
  }

  /**
   * The first good answer; fails with the last one at the deadline. A question that throws has no
   * answer yet.
   *
   * @param what is waited for, for the message
   */
  static <T> T until(String what, Duration limit, Question<T> question, Predicate<T> good) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Object last;
      try {
        T answer = question.ask();
        if (good.test(answer)) {
          return answer;
        }
        last = answer;
      } catch (Exception e) {
        last = e;
      }
      if (System.nanoTime() - deadline > 0) {
        return Assertions.fail(
            "not within " + limit.toSeconds() + " s: " + what + "; last seen: " + cut(last));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static String cut(@Nullable Object value) {
    String text = String.valueOf(value);
    return text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text;
  }
}
