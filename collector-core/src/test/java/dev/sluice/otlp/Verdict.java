package dev.sluice.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link Validator} and protobuf-java say together of the same bytes. */
public enum Verdict {
  /** Both take them, and count the same items. */
  ACCEPTED,
  /** Both refuse them. */
  REFUSED,
  /** Only the validator refuses them, for a reason of {@link #STRICTER}. */
  STRICTER_REFUSED;

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

  /** The verdict on a request; an assertion fails when both differ in any other way. */
  public static Verdict of(Signal signal, byte[] bytes) {
    @Nullable Message parsed = parse(signal, bytes);
    int count;
    try {
      count = Validator.count(signal, bytes, 0, bytes.length);
    } catch (MalformedException refusal) {
      if (parsed != null) {
        assertStricter(parsed, refusal, bytes);
      }
      return parsed == null ? REFUSED : STRICTER_REFUSED;
    }
    if (parsed == null) {
      fail("only protobuf-java refuses " + HexFormat.of().formatHex(bytes));
    }
    assertEquals(OtlpOracle.items(parsed).size(), count, () -> HexFormat.of().formatHex(bytes));
    return ACCEPTED;
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
