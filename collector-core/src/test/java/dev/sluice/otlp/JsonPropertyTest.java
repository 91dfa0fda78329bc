package dev.sluice.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds both transcoders against each other and against the JSON mapping of protobuf-java. */
class JsonPropertyTest {
  @ParameterizedTest
  @EnumSource
  void givesTheSameMessageBackFromItsJson(Signal signal) throws Exception {
    PropertyRun run = PropertyRun.of("json round trip " + signal, 2_000);
    OtlpGenerator generator = new OtlpGenerator(run.seed());
    for (int i = 0; i < run.iterations(); i++) {
      byte[] request = generator.request(signal);
      byte[] json = ProtoToJson.request(new Telemetry(signal, request, 1));
      byte[] back = JsonToProto.request(signal, json);
      Validator.count(signal, back, 0, back.length);
      assertEquals(known(signal, request), OtlpOracle.parse(signal, back), () -> utf8(json));
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsTheJsonOfProtobufJava(Signal signal) throws Exception {
    PropertyRun run = PropertyRun.of("json from protobuf-java " + signal, 1_000);
    OtlpGenerator generator = new OtlpGenerator(run.seed(), false);
    JsonFormat.Printer plain = JsonFormat.printer();
    List<JsonFormat.Printer> printers =
        List.of(
            plain,
            plain.preservingProtoFieldNames(),
            plain.printingEnumsAsInts().omittingInsignificantWhitespace(),
            plain.alwaysPrintFieldsWithNoPresence());
    for (int i = 0; i < run.iterations(); i++) {
      Message message = OtlpOracle.comparable(known(signal, generator.request(signal)));
      String json = printers.get(i % printers.size()).print(message);
      byte[] back = JsonToProto.request(signal, json.getBytes(StandardCharsets.UTF_8));
      assertEquals(message, OtlpOracle.parse(signal, back), json);
    }
  }

  @ParameterizedTest
  @EnumSource
  void writesWhatProtobufJavaReads(Signal signal) throws Exception {
    PropertyRun run = PropertyRun.of("json to protobuf-java " + signal, 1_000);
    OtlpGenerator generator = new OtlpGenerator(run.seed(), false);
    for (int i = 0; i < run.iterations(); i++) {
      Message message = OtlpOracle.comparable(known(signal, generator.request(signal)));
      byte[] json = ProtoToJson.request(new Telemetry(signal, message.toByteArray(), 1));
      Message.Builder back = message.newBuilderForType();
      JsonFormat.parser().merge(utf8(json), back);
      assertEquals(message, back.build(), () -> utf8(json));
    }
  }

  @ParameterizedTest
  @EnumSource
  void throwsNothingButMalformedOnBrokenJson(Signal signal) {
    PropertyRun run = PropertyRun.of("broken json " + signal, 5_000);
    OtlpGenerator generator = new OtlpGenerator(run.seed());
    byte[] json = ProtoToJson.request(OtlpSamples.of(signal, 5));
    int refused = 0;
    for (int i = 0; i < run.iterations(); i++) {
      byte[] broken = generator.mutated(json);
      try {
        byte[] bytes = JsonToProto.request(signal, broken);
        Validator.count(signal, bytes, 0, bytes.length);
        OtlpOracle.parse(new Telemetry(signal, bytes, 1));
      } catch (MalformedException e) {
        refused++;
        assertTrue(e.getMessage().contains(" at line "), e.getMessage());
      } catch (RuntimeException e) {
        throw new AssertionError(HexFormat.of().formatHex(broken), e);
      }
    }
    assertTrue(refused > 0);
  }

  @ParameterizedTest
  @EnumSource
  void refusesEveryTruncation(Signal signal) {
    byte[] json = ProtoToJson.request(OtlpSamples.of(signal, 5));
    for (int length = 0; length < json.length; length++) {
      try {
        JsonToProto.request(signal, Arrays.copyOf(json, length));
      } catch (MalformedException e) {
        continue;
      }
      throw new AssertionError("accepted the first " + length + " bytes");
    }
  }

  /** The message without its unknown fields, which JSON has no place for. */
  private static Message known(Signal signal, byte[] request) throws Exception {
    Message prototype = OtlpOracle.parse(signal, new byte[0]);
    return DiscardUnknownFieldsParser.wrap(prototype.getParserForType()).parseFrom(request);
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
