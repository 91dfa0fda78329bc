package dev.sluice.otlp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the plain way of reading JSON against the general one. */
class PlainJsonTest {
  private static final int BYTES_MAX = 1 << 20;
  private static final String[] SNIPPETS = {
    "\\u00e4",
    "\\ud834\\udd1e",
    "\\ud834",
    "\\n",
    "\\x",
    "\u00fc\u20ac\ud834\udd1e",
    "\u0001",
    "\t",
    " ",
    "null",
    "true",
    "-",
    "0",
    "-0",
    "1.0",
    "-0.0",
    "1e3",
    "00",
    "18446744073709551615",
    "9223372036854775808",
    "9223372036854775807",
    "123456789012345678",
    "0.1234567890123456789",
    "1e-7",
    "2.5E+3",
    "1.",
    ".5",
    "1e999",
    "NaN",
    "{}",
    "[]",
    "\"\"",
    "\"NaN\"",
    "\"-5\"",
    "\"+5\"",
    "\"1.5\"",
    "\"5\"",
    ",",
    ":",
    "}",
    "]",
    "\"key\":",
    "\"flags\":1,",
    "\"unknown\":1,",
    "\"trace_id\":\"\",",
    "{\"key\":\"",
    "\u007f",
  };

  @ParameterizedTest
  @EnumSource
  void takesWhatProtobufJavaAndWeWrite(Signal signal) throws Exception {
    PropertyRun run = PropertyRun.of("plain json " + signal, 1_500);
    OtlpGenerator generator = new OtlpGenerator(run.seed());
    OtlpGenerator named = new OtlpGenerator(run.seed(), false);
    JsonFormat.Printer printer = JsonFormat.printer();
    List<JsonFormat.Printer> printers =
        List.of(
            printer,
            printer.preservingProtoFieldNames(),
            printer.printingEnumsAsInts().omittingInsignificantWhitespace());
    int plain = 0;
    for (int i = 0; i < run.iterations(); i++) {
      byte[] ours = ProtoToJson.request(new Telemetry(signal, generator.request(signal), 1));
      plain += holds(signal, ours) ? 1 : 0;
      Message message = OtlpOracle.parse(signal, named.request(signal));
      String theirs = printers.get(i % printers.size()).print(message);
      holds(signal, theirs.getBytes(StandardCharsets.UTF_8));
    }
    // The rest has numbers above 2^63, depths and texts that are not plain.
    assertTrue(plain > run.iterations() / 3, plain + " of " + run.iterations());
  }

  @ParameterizedTest
  @EnumSource
  void givesTheSameOnBrokenAndOddJsonOrLeavesIt(Signal signal) {
    PropertyRun run = PropertyRun.of("odd json " + signal, 20_000);
    Random random = new Random(run.seed());
    OtlpGenerator generator = new OtlpGenerator(run.seed());
    byte[] json = ProtoToJson.request(OtlpSamples.of(signal, 2));
    int plain = 0;
    for (int i = 0; i < run.iterations(); i++) {
      byte[] odd = i % 4 == 0 ? generator.mutated(json) : withSnippet(json, random);
      plain += holds(signal, odd) ? 1 : 0;
    }
    assertTrue(plain > 0 && plain < run.iterations(), plain + " of " + run.iterations());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " { } ",
        "{\"resourceLogs\":[]}",
        "{\"resourceLogs\":null}",
        "{ \"resource_logs\" : [ { \"scopeLogs\" : [ { \"logRecords\":[{}, {}]}]}]}\n",
      })
  void takesOddLayouts(String json) {
    assertTrue(holds(Signal.LOGS, json.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{]",
        "[]",
        "{\"resourceLogs\":[],}",
        "{\"resourceLogs\":[]} x",
        "{\"resourceLogs\":[{}",
        "{\"resourceLogs\":[,]}",
        "{\"resourceLogs\":[{},]}",
        "{\"resourceLogs\" []}",
        "{resourceLogs:[]}",
      })
  void leavesWhatIsNoJson(String json) {
    assertNull(PlainJson.request(Signal.LOGS, json.getBytes(StandardCharsets.UTF_8), BYTES_MAX));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 100, 127, 128, 129, 16_383, 16_384, 100_000})
  void takesStringsOfAnyLength(int length) {
    String text =
        "\u00e4bc\\n".repeat(length / 5 + 1).substring(0, length).replaceAll("\\\\$", "x");
    String json =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"attributes\":[{\"key\":\""
            + text
            + "\",\"value\":{\"stringValue\":\""
            + text
            + "\"}}],\"body\":{\"stringValue\":\""
            + text
            + "\"}}]}]}]}";
    assertTrue(holds(Signal.LOGS, json.getBytes(StandardCharsets.UTF_8)));
  }

  /** Puts a snippet in, in place of nothing or of some bytes. */
  private static byte[] withSnippet(byte[] json, Random random) {
    byte[] snippet = SNIPPETS[random.nextInt(SNIPPETS.length)].getBytes(StandardCharsets.UTF_8);
    int at = random.nextInt(json.length);
    if (random.nextBoolean()) {
      while (at > 0 && json[at] != ':' && json[at] != '[') {
        at--;
      }
      at++;
    }
    int cut = at;
    if (random.nextBoolean()) {
      while (cut < json.length && json[cut] != ',' && json[cut] != '}' && json[cut] != ']') {
        cut++;
      }
    }
    byte[] odd = new byte[at + snippet.length + json.length - cut];
    System.arraycopy(json, 0, odd, 0, at);
    System.arraycopy(snippet, 0, odd, at, snippet.length);
    System.arraycopy(json, cut, odd, at + snippet.length, json.length - cut);
    return odd;
  }

  /** Whether the request is taken, and then as the general way does. */
  private static boolean holds(Signal signal, byte[] json) {
    byte[] plain = PlainJson.request(signal, json, BYTES_MAX);
    if (plain == null) {
      return false;
    }
    String text = new String(json, StandardCharsets.UTF_8);
    try {
      assertArrayEquals(JsonToProto.anyRequest(signal, json, BYTES_MAX), plain, text);
    } catch (MalformedException e) {
      throw new AssertionError("took what is refused: " + text, e);
    }
    return true;
  }
}
