package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0s, 0",
    "5s, 5000000000",
    "+5s, 5000000000",
    "200ms, 200000000",
    "1h30m, 5400000000000",
    "1.5s, 1500000000",
    ".5s, 500000000",
    "1.s, 1000000000",
    "10us, 10000",
    "10µs, 10000",
    "7ns, 7",
    "-1m, -60000000000",
    "1h1m1s1ms1us1ns, 3661001001001",
    "0.1ns, 0",
    "2562047h, 9223369200000000000"
  })
  void readsWhatGoReads(String text, long nanos) {
    assertEquals(Duration.ofNanos(nanos), GoDuration.tryParse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "5 s",
        "s",
        "1d",
        "1S",
        "5s ",
        "--5s",
        "1h30",
        ".s",
        "1..5s",
        "2562048h",
        "inf"
      })
  void refusesWhatGoRefuses(String text) {
    assertNull(GoDuration.tryParse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0s, 0s",
    "7ns, 7ns",
    "1500ns, 1.5µs",
    "200ms, 200ms",
    "1.5s, 1.5s",
    "90s, 1m30s",
    "1h, 1h0m0s",
    "-5s, -5s"
  })
  void writesAsGoDoes(String text, String written) {
    Duration duration = GoDuration.tryParse(text);
    assertEquals(written, duration == null ? null : GoDuration.format(duration));
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 100_000})
  void refusesWhatIsTooLongToBeOne(int length) {
    assertNull(GoDuration.tryParse("0".repeat(length) + "s"));
  }
}
