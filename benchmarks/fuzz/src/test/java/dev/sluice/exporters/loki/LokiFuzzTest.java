package dev.sluice.exporters.loki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.exporters.http.HttpClientSettings;
import dev.sluice.fuzz.BackendSchema;
import dev.sluice.fuzz.Input;
import dev.sluice.fuzz.TimeLimit;
import dev.sluice.meters.Meters;
import dev.sluice.otlp.MalformedException;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Loss;
import dev.sluice.pipeline.ManualClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.xerial.snappy.Snappy;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Fuzzes the Loki encoder with valid logs, batch after batch with the same caches and with settings
 * that the input chooses: nothing is thrown, Loki's own schema parses each request, its JSON is
 * JSON, and each record is in one request or in one loss. "Reliability test 35".
 */
class LokiFuzzTest {
  private static final int BATCHES_MAX = 3;
  private static final LineFormat[] FORMATS = LineFormat.values();
  private static final JsonFactory JSON = new JsonFactory();

  @FuzzTest
  void batch(byte[] bytes) {
    TimeLimit.hold(bytes, LokiFuzzTest::encode);
  }

  private static void encode(byte[] bytes) {
    Input input = new Input(bytes);
    LokiSettings settings = settings(input);
    LogEncoder encoder =
        new LogEncoder(settings, new ManualClock(), new Meters().loki("loki"), input.nextBoolean());
    PushWriter protobuf = new PushWriter(PushEncoding.PROTOBUF);
    PushWriter json = new PushWriter(PushEncoding.JSON);
    for (Batch batch : batches(input)) {
      EncodedBatch encoded = encoder.encode(batch);
      BitSet seen = lost(encoded.losses());
      for (PushBody body : PushBody.pack(encoded.streams(), settings.limits().requestBytesMax())) {
        assertFalse(seen.intersects(body.ordinals()), "a record twice");
        seen.or(body.ordinals());
        byte[] request = Encoding.request(body);
        assertEquals(body.items(), PushedEntry.decode(request).size());
        BackendSchema.PUSH_REQUEST.parse(request);
        assertSame(request, protobuf, body);
        assertJson(json.write(body).toByteArray());
      }
      assertEquals(batch.items(), seen.cardinality(), "records");
    }
  }

  /** A writer that has written before says the same as a new one. */
  private static void assertSame(byte[] request, PushWriter used, PushBody body) {
    try {
      byte[] again = Snappy.uncompress(used.write(body).toByteArray());
      assertTrue(Arrays.equals(request, again), "a used writer writes otherwise");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static BitSet lost(List<Loss> losses) {
    BitSet lost = new BitSet();
    for (Loss loss : losses) {
      BitSet ordinals = loss.ordinals();
      assertTrue(ordinals != null && !lost.intersects(ordinals), "lost twice");
      lost.or(ordinals);
    }
    return lost;
  }

  private static void assertJson(byte[] json) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json, 0, json.length)) {
      while (parser.nextToken() != null) {
        if (parser.hasToken(JsonToken.VALUE_STRING)) {
          parser.getString();
        }
      }
    }
  }

  private static LokiSettings settings(Input input) {
    LabelSettings labels =
        input.nextBoolean()
            ? LabelSettings.DEFAULTS
            : new LabelSettings(
                List.of("service.name", "a"),
                List.of("http.request.method", "a"),
                Set.copyOf(LabelSettings.OLD));
    Limits limits =
        input.nextBoolean()
            ? Limits.DEFAULTS
            : new Limits(
                1 + input.nextInt(4),
                20,
                10,
                input.nextInt(40),
                input.nextBoolean(),
                input.nextInt(6),
                40 + input.nextInt(100),
                2048);
    return new LokiSettings(
        HttpClientSettings.DEFAULTS,
        "http://unused",
        null,
        PushEncoding.PROTOBUF,
        FORMATS[input.nextInt(FORMATS.length)],
        input.nextBoolean(),
        labels,
        limits);
  }

  private static List<Batch> batches(Input input) {
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < BATCHES_MAX && !input.isEmpty(); i++) {
      try {
        Telemetry logs = Telemetry.parse(Signal.LOGS, input.request(Signal.LOGS));
        if (logs.items() > 0) {
          batches.add(Batch.of(Signal.LOGS, List.of(logs)));
        }
      } catch (MalformedException e) {
        // Refused by a receiver, so no encoder ever sees it.
      }
    }
    if (!batches.isEmpty()) {
      batches.add(batches.getFirst());
    }
    return batches;
  }
}
