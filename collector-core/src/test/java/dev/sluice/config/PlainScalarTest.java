package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected values are those of gopkg.in/yaml.v3 decoding into {@code any}. */
class PlainScalarTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
  void readsNothing(String text) {
    assertNull(PlainScalar.typed(text));
  }

  @ParameterizedTest
  @MethodSource("typed")
  void givesTheTypeOfTheCollectorsParser(String text, Object expected) {
    assertEquals(expected, PlainScalar.typed(text));
  }

  static Stream<Arguments> typed() {
    return Stream.of(
        Arguments.of("true", true),
        Arguments.of("True", true),
        Arguments.of("FALSE", false),
        Arguments.of("tRUE", "tRUE"),
        Arguments.of("yes", "yes"),
        Arguments.of("on", "on"),
        Arguments.of("0", 0L),
        Arguments.of("-17", -17L),
        Arguments.of("+17", 17L),
        Arguments.of("1_000", 1000L),
        Arguments.of("0777", 511L),
        Arguments.of("0o17", 15L),
        Arguments.of("0x1F", 31L),
        Arguments.of("-0x1f", -31L),
        Arguments.of("0b101", 5L),
        Arguments.of("08", 8.0),
        Arguments.of("0x", "0x"),
        Arguments.of("0xZZ", "0xZZ"),
        Arguments.of("9223372036854775807", Long.MAX_VALUE),
        Arguments.of("18446744073709551615", new BigInteger("18446744073709551615")),
        Arguments.of("1.5", 1.5),
        Arguments.of(".5", 0.5),
        Arguments.of("1.", 1.0),
        Arguments.of("1e3", 1000.0),
        Arguments.of(".inf", Double.POSITIVE_INFINITY),
        Arguments.of("-.Inf", Double.NEGATIVE_INFINITY),
        Arguments.of(".NaN", Double.NaN),
        Arguments.of("-.nan", "-.nan"),
        Arguments.of("-", "-"),
        Arguments.of(".", "."),
        Arguments.of("5s", "5s"),
        Arguments.of("1.2.3", "1.2.3"),
        Arguments.of("0.0.0.0:4317", "0.0.0.0:4317"),
        Arguments.of("2026-11-23", "2026-11-23"),
        Arguments.of("\u0661", "\u0661"),
        Arguments.of("text", "text"));
  }
}
