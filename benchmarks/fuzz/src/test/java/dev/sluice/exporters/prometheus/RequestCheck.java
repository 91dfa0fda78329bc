package dev.sluice.exporters.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** What Prometheus wants of the labels and symbols of a request that its schema has parsed. */
final class RequestCheck {
  private static final Comparator<ByteString> BYTES =
      ByteString.unsignedLexicographicalComparator();
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

  private final TranslationStrategy strategy;

  RequestCheck(TranslationStrategy strategy) {
    this.strategy = strategy;
  }

  /** A request of remote write 1.0. */
  void first(Message request) {
    for (Message series : messages(request, "timeseries")) {
      List<String> names = new ArrayList<>();
      List<String> values = new ArrayList<>();
      for (Message label : messages(series, "labels")) {
        names.add((String) value(label, "name"));
        values.add((String) value(label, "value"));
      }
      labels(names, values);
      times(series);
    }
  }

  /** A request of remote write 2.0. */
  void second(Message request) {
    List<?> symbols = (List<?>) value(request, "symbols");
    assertEquals("", symbols.getFirst());
    for (Message series : messages(request, "timeseries")) {
      List<?> references = (List<?>) value(series, "labels_refs");
      List<String> names = new ArrayList<>();
      List<String> values = new ArrayList<>();
      for (int i = 0; i < references.size(); i += 2) {
        names.add((String) symbols.get((int) references.get(i)));
        values.add((String) symbols.get((int) references.get(i + 1)));
      }
      labels(names, values);
      times(series);
    }
  }

  private void labels(List<String> names, List<String> values) {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      boolean isMetric = name.equals("__name__");
      assertFalse(name.isEmpty() || values.get(i).isEmpty(), () -> "empty in " + names + values);
      if (strategy.escapes()) {
        assertTrue(LABEL.matcher(name).matches(), name);
        assertTrue(!isMetric || METRIC.matcher(values.get(i)).matches(), values.get(i));
      }
      if (i > 0) {
        ByteString before = ByteString.copyFromUtf8(names.get(i - 1));
        boolean sorted = BYTES.compare(before, ByteString.copyFromUtf8(name)) < 0;
        assertTrue(sorted, () -> "not in order, or twice: " + names);
      }
    }
    assertTrue(names.contains("__name__"), () -> "no name: " + names);
  }

  private static void times(Message series) {
    for (String kind : List.of("samples", "histograms")) {
      long before = Long.MIN_VALUE;
      for (Message sample : messages(series, kind)) {
        long time = (long) value(sample, "timestamp");
        assertTrue(before <= time, "goes back in time");
        before = time;
      }
    }
  }

  private static Object value(Message message, String name) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
    return message.getField(field);
  }

  @SuppressWarnings("unchecked") // a repeated field of messages
  private static List<Message> messages(Message message, String name) {
    return (List<Message>) value(message, name);
  }
}
