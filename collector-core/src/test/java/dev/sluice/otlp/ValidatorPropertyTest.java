package dev.sluice.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Holds the validator against the generated classes over random requests, whole and broken. More
 * with {@code -Dsluice.property.iterations=2000000}; another seed with {@code
 * -Dsluice.property.seed}.
 */
class ValidatorPropertyTest {
  /** The only reasons for which the validator may refuse what protobuf-java accepts. */
  private static final List<String> STRICTER =
      List.of(
          "has a tag above 2^32 - 1",
          "has a length above 2^31 - 1",
          "is a varint of more than 10 bytes",
          "which is not its own",
          "is a group",
          "bytes long, not",
          "comes after other data");

  private final Map<String, Integer> verdicts = new TreeMap<>();

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
    assertEquals(1, verdicts.get("accepted"));
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

  /** Asserts that the verdicts agree, or differ for a listed reason; returns ours. */
  private boolean agrees(Signal signal, byte[] bytes) {
    @Nullable Message parsed = parse(signal, bytes);
    int count;
    try {
      count = Validator.count(signal, bytes, 0, bytes.length);
    } catch (MalformedException refusal) {
      if (parsed != null) {
        assertStricter(parsed, refusal, bytes);
      }
      verdicts.merge(parsed == null ? "both refused" : "stricter", 1, Integer::sum);
      return false;
    }
    if (parsed == null) {
      fail("only protobuf-java refuses " + HexFormat.of().formatHex(bytes));
    }
    assertEquals(OtlpOracle.items(parsed).size(), count, () -> HexFormat.of().formatHex(bytes));
    verdicts.merge("accepted", 1, Integer::sum);
    return true;
  }

  private static void assertStricter(Message parsed, MalformedException refusal, byte[] bytes) {
    String message = refusal.getMessage();
    String reason = STRICTER.stream().filter(message::contains).findFirst().orElse("");
    // What the parsed message can show, it must show; dropped bits and merged data it cannot.
    boolean hidden =
        reason.contains("above") || reason.contains("varint") || reason.contains("comes after");
    // Values of a oneof that a later one replaced are not in the parsed message either.
    boolean shown =
        OtlpOracle.showsStricterCase(parsed) || bytes.length > parsed.getSerializedSize();
    assertTrue(
        !reason.isEmpty() && (hidden || shown),
        () -> message + " in " + HexFormat.of().formatHex(bytes));
  }

  private static @Nullable Message parse(Signal signal, byte[] bytes) {
    try {
      return OtlpOracle.parse(signal, bytes);
    } catch (InvalidProtocolBufferException e) {
      return null;
    }
  }
}
