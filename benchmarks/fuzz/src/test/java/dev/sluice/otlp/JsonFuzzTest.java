package dev.sluice.otlp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.sluice.fuzz.Input;
import dev.sluice.fuzz.TimeLimit;
import org.jspecify.annotations.Nullable;

/**
 * Fuzzes JSON: both readers agree, what they take is a valid request, comes back from its JSON as
 * it is, and is what protobuf-java reads where its mapping is the same. "Reliability test 35".
 */
class JsonFuzzTest {
  private static final int BYTES_MAX = 1 << 20;

  /** U+FFFD in UTF-8, each byte as a character. */
  private static final String REPLACED = "\u00ef\u00bf\u00bd";

  @FuzzTest
  void text(byte[] bytes) {
    TimeLimit.hold(bytes, JsonFuzzTest::read);
  }

  private static void read(byte[] bytes) {
    Input input = new Input(bytes);
    Signal signal = input.signal();
    byte[] json = input.rest();
    byte @Nullable [] request = general(signal, json);
    byte @Nullable [] plain = PlainJson.request(signal, json, BYTES_MAX);
    if (plain != null) {
      assertArrayEquals(request, plain, "both readers");
    }
    if (request == null) {
      return;
    }
    Telemetry telemetry = Telemetry.parse(signal, request);
    Message message = OtlpOracle.parse(telemetry);
    assertEquals(OtlpOracle.items(message).size(), telemetry.items());
    byte[] written = ProtoToJson.request(telemetry);
    byte[] again = JsonToProto.request(signal, written, Integer.MAX_VALUE - 8);
    assertEquals(message, OtlpOracle.parse(new Telemetry(signal, again, telemetry.items())));
    holdAgainstProtobufJava(message, json);
  }

  private static byte @Nullable [] general(Signal signal, byte[] json) {
    try {
      return JsonToProto.anyRequest(signal, json, BYTES_MAX);
    } catch (MalformedException e) {
      return null;
    }
  }

  private static void holdAgainstProtobufJava(Message message, byte[] json) {
    if (message.toByteString().toString(ISO_8859_1).contains(REPLACED)) {
      return; // Half a surrogate pair: U+FFFD for us and Go, a question mark for Java.
    }
    Message.Builder theirs = message.newBuilderForType();
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(new String(json, UTF_8), theirs);
    } catch (InvalidProtocolBufferException e) {
      return; // Ids in hex, among others, are not for it.
    }
    assertEquals(OtlpOracle.comparable(theirs.build()), OtlpOracle.comparable(message));
  }
}
