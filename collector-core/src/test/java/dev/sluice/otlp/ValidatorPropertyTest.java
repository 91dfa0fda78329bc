package dev.sluice.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Holds the validator against the generated classes over random requests, whole and broken. More
 * with {@code -Dsluice.property.iterations=2000000}; another seed with {@code
 * -Dsluice.property.seed}.
 */
class ValidatorPropertyTest {
  private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);

  @ParameterizedTest
  @EnumSource
  void agreesWithTheGeneratedClassesOnRandomRequests(Signal signal) {
    PropertyRun run = PropertyRun.of("valid " + signal, 15_000);
    OtlpGenerator generator = new OtlpGenerator(run.seed());
    for (int i = 0; i < run.iterations(); i++) {
      byte[] request = generator.request(signal);
      assertTrue(agrees(signal, request), () -> HexFormat.of().formatHex(request));
    }
    run.finished(verdicts);
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithTheGeneratedClassesOnBrokenRequests(Signal signal) {
    PropertyRun run = PropertyRun.of("broken " + signal, 30_000);
    OtlpGenerator generator = new OtlpGenerator(run.seed());
    for (int i = 0; i < run.iterations(); i += 4) {
      byte[] request = generator.request(signal);
      for (int j = 0; j < 4; j++) {
        agrees(signal, generator.mutated(request));
      }
    }
    run.finished(verdicts);
  }

  @ParameterizedTest
  @EnumSource
  void agreesOnEveryTruncationOfASample(Signal signal) {
    byte[] sample = OtlpSamples.of(signal, 5).bytes();
    for (int length = 0; length < sample.length; length++) {
      agrees(signal, Arrays.copyOf(sample, length));
    }
    assertEquals(1, verdicts.get(Verdict.ACCEPTED));
  }

  @ParameterizedTest
  @EnumSource
  void agreesOnEveryBitFlipOfASample(Signal signal) {
    byte[] sample = OtlpSamples.of(signal, 5).bytes();
    for (int bit = 0; bit < sample.length * 8; bit++) {
      sample[bit / 8] ^= (byte) (1 << bit % 8);
      agrees(signal, sample);
      sample[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertTrue(agrees(signal, sample));
  }

  private boolean agrees(Signal signal, byte[] bytes) {
    Verdict verdict = Verdict.of(signal, bytes);
    verdicts.merge(verdict, 1, Integer::sum);
    return verdict == Verdict.ACCEPTED;
  }
}
