package dev.sluice.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SplitTest {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  @Test
  void leavesWhatFitsAsItIs() {
    Telemetry traces = OtlpSamples.traces(3);
    assertSame(traces, Split.split(traces, 3, traces.size()).getFirst());
  }

  @Test
  void repeatsTheMetricWhenItCutsBetweenItsPoints() throws Exception {
    Sum.Builder sum =
        Sum.newBuilder()
            .setIsMonotonic(true)
            .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
    for (int i = 0; i < 5; i++) {
      sum.addDataPoints(NumberDataPoint.newBuilder().setAsInt(i));
    }
    Metric metric =
        Metric.newBuilder()
            .setName("orders")
            .setUnit("{order}")
            .setDescription("Orders placed.")
            .addMetadata(OtlpSamples.attribute("k", "v"))
            .setSum(sum)
            .build();
    byte[] request =
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(
                ResourceMetrics.newBuilder()
                    .setResource(OtlpSamples.resource())
                    .setSchemaUrl("https://opentelemetry.io/schemas/1.30.0")
                    .addScopeMetrics(
                        ScopeMetrics.newBuilder().setScope(OtlpSamples.scope()).addMetrics(metric)))
            .build()
            .toByteArray();
    List<Telemetry> pieces = Split.split(Telemetry.parse(Signal.METRICS, request), 2, NO_LIMIT);
    assertEquals(List.of(2, 2, 1), pieces.stream().map(Telemetry::items).toList());
    ExportMetricsServiceRequest last =
        ExportMetricsServiceRequest.parseFrom(pieces.getLast().bytes());
    ResourceMetrics resource = last.getResourceMetrics(0);
    assertEquals(OtlpSamples.resource(), resource.getResource());
    assertEquals("https://opentelemetry.io/schemas/1.30.0", resource.getSchemaUrl());
    assertEquals(OtlpSamples.scope(), resource.getScopeMetrics(0).getScope());
    sum.clearDataPoints().addDataPoints(NumberDataPoint.newBuilder().setAsInt(4));
    assertEquals(metric.toBuilder().setSum(sum).build(), resource.getScopeMetrics(0).getMetrics(0));
  }

  @Test
  void putsAnItemThatIsTooLargeInAPieceOfItsOwn() {
    List<Telemetry> pieces = Split.split(OtlpSamples.traces(3), NO_LIMIT, 10);
    assertEquals(List.of(1, 1, 1), pieces.stream().map(Telemetry::items).toList());
  }

  @Test
  void fillsPiecesUpToTheLimitInBytes() {
    Telemetry traces = OtlpSamples.traces(100);
    int limit = traces.size() / 4;
    List<Telemetry> pieces = Split.split(traces, NO_LIMIT, limit);
    assertEquals(5, pieces.size());
    for (Telemetry piece : pieces) {
      assertTrue(piece.size() <= limit);
    }
  }

  @Test
  void selectsNothingAsNull() {
    assertNull(Split.select(OtlpSamples.logs(3), new BitSet()));
    assertNull(Split.range(OtlpSamples.logs(3), 3, 9));
  }

  @Test
  void joinsOnlyWhatIsOfOneSignal() {
    Telemetry logs = OtlpSamples.logs(1);
    assertThrows(
        IllegalArgumentException.class, () -> Split.concat(List.of(logs, OtlpSamples.traces(1))));
  }

  @ParameterizedTest
  @EnumSource
  void givesTheSameItemsWhenPiecesAreJoinedAgain(Signal signal) {
    Telemetry whole = OtlpSamples.of(signal, 17);
    Telemetry joined = Split.concat(Split.split(whole, 4, NO_LIMIT));
    assertEquals(17, joined.items());
    assertEquals(itemsInEnvelopes(whole), itemsInEnvelopes(joined));
  }

  @ParameterizedTest
  @EnumSource
  void keepsEveryItemOnceWithItsEnvelopes(Signal signal) {
    PropertyRun run = PropertyRun.of("split " + signal, 1_500);
    OtlpGenerator generator = new OtlpGenerator(run.seed());
    for (int i = 0; i < run.iterations(); i++) {
      Telemetry whole = generator.telemetry(signal);
      if (generator.below(4) == 0) {
        whole = Split.concat(List.of(whole, generator.telemetry(signal)));
      }
      int itemsMax = 1 + generator.below(whole.items() + 1);
      int bytesMax = generator.below(2) == 0 ? NO_LIMIT : 1 + generator.below(whole.size());
      List<Telemetry> pieces = Split.split(whole, itemsMax, bytesMax);
      List<String> found = new ArrayList<>();
      for (Telemetry piece : pieces) {
        assertTrue(piece.items() <= itemsMax);
        assertTrue(piece.size() <= bytesMax || piece.items() == 1);
        assertEquals(piece, new Telemetry(signal, piece.bytes(), count(piece)));
        found.addAll(itemsInEnvelopes(piece));
      }
      assertEquals(itemsInEnvelopes(whole), found);
      assertEquals(whole.items(), count(Split.concat(pieces)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void selectsExactlyTheItemsAskedFor(Signal signal) {
    PropertyRun run = PropertyRun.of("select " + signal, 1_500);
    OtlpGenerator generator = new OtlpGenerator(run.seed());
    for (int i = 0; i < run.iterations(); i++) {
      Telemetry whole = generator.telemetry(signal);
      List<String> all = itemsInEnvelopes(whole);
      BitSet chosen = new BitSet();
      chosen.set(generator.below(whole.items()));
      for (int item = 0; item < whole.items(); item++) {
        chosen.set(item, chosen.get(item) || generator.below(3) == 0);
      }
      Telemetry selected = Split.select(whole, chosen);
      assertNotNull(selected);
      assertEquals(selected.items(), count(selected));
      assertEquals(chosen.stream().mapToObj(all::get).toList(), itemsInEnvelopes(selected));
      int middle = 1 + generator.below(whole.items());
      Telemetry first = Split.range(whole, 0, middle);
      assertNotNull(first);
      assertEquals(all.subList(0, middle), itemsInEnvelopes(first));
      Telemetry second = Split.range(whole, middle, whole.items());
      assertEquals(
          all.subList(middle, all.size()), second == null ? List.of() : itemsInEnvelopes(second));
    }
  }

  private static int count(Telemetry telemetry) {
    return Validator.count(telemetry.signal(), telemetry.bytes(), 0, telemetry.size());
  }

  /** Each item's text after the text of its envelopes, in the order of the wire. */
  private static List<String> itemsInEnvelopes(Telemetry telemetry) {
    List<String> items = new ArrayList<>();
    int depth = telemetry.signal() == Signal.METRICS ? 5 : 3;
    collect(OtlpOracle.parse(telemetry), depth, "", items);
    return items;
  }

  private static void collect(Message message, int depth, String outer, List<String> items) {
    if (depth == 0) {
      items.add(outer + message);
      return;
    }
    List<FieldDescriptor> children =
        message.getDescriptorForType().getFields().stream()
            .filter(field -> isChild(depth, field))
            .toList();
    Message.Builder header = message.toBuilder();
    children.forEach(header::clearField);
    String inner = outer + header.buildPartial();
    for (FieldDescriptor child : children) {
      if (child.isRepeated()) {
        for (int i = 0; i < message.getRepeatedFieldCount(child); i++) {
          collect((Message) message.getRepeatedField(child, i), depth - 1, inner, items);
        }
      } else if (message.hasField(child)) {
        collect((Message) message.getField(child), depth - 1, inner, items);
      }
    }
  }

  private static boolean isChild(int depth, FieldDescriptor field) {
    String name = field.getName();
    return name.startsWith("resource_")
        || name.startsWith("scope_")
        || name.equals("spans")
        || name.equals("metrics")
        || name.equals("log_records")
        || name.equals("data_points")
        || (depth == 2 && field.getContainingOneof() != null);
  }
}
