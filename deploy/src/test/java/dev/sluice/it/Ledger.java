package dev.sluice.it;

import dev.sluice.otlp.Signal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a running product says about its items at one moment: the counts of its receivers, from its
 * metrics, and those of each exporter in each pipeline, from its status.
 */
record Ledger(
    Map<Signal, Long> accepted,
    Map<Signal, Long> refused,
    Map<Signal, Long> failed,
    List<Account> accounts) {
  private static final Pattern RECEIVED =
      Pattern.compile(
          "otelcol_receiver_(accepted|refused|failed)_(spans|metric_points|log_records)"
              + "(?:_total)?\\{[^}]*} (\\S+)");

  /** One exporter of one pipeline. */
  record Account(
      String pipeline,
      String signal,
      String exporter,
      long accepted,
      long resumed,
      long delivered,
      Map<String, Long> dropped,
      long deadLettered,
      long held,
      long unaccounted,
      boolean failing,
      String lastError) {
    long droppedItems() {
      return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public String toString() {
      return "%s > %s: accepted %d = delivered %d + dropped %d%s + dead-lettered %d + held %d"
          .formatted(
              pipeline,
              exporter,
              accepted,
              delivered,
              droppedItems(),
              dropped.isEmpty() ? "" : dropped,
              deadLettered,
              held);
    }
  }

  /** Reads the two pages. */
  static Ledger read(String metrics, Json status) {
    Map<String, Map<Signal, Long>> outcomes = new TreeMap<>();
    for (String outcome : List.of("accepted", "refused", "failed")) {
      outcomes.put(outcome, new EnumMap<>(Signal.class));
    }
    Matcher line = RECEIVED.matcher(metrics);
    while (line.find()) {
      long items = (long) Double.parseDouble(line.group(3));
      outcomes.get(line.group(1)).merge(signal(line.group(2)), items, Long::sum);
    }
    return new Ledger(
        outcomes.get("accepted"),
        outcomes.get("refused"),
        outcomes.get("failed"),
        accounts(status));
  }

  private static Signal signal(String items) {
    for (Signal signal : Signal.values()) {
      if (signal.items().equals(items)) {
        return signal;
      }
    }
    throw new IllegalArgumentException(items);
  }

  private static List<Account> accounts(Json status) {
    List<Account> accounts = new ArrayList<>();
    for (Json pipeline : status.get("pipelines").items()) {
      for (Json exporter : pipeline.get("exporters").items()) {
        accounts.add(account(pipeline, exporter));
      }
    }
    return accounts;
  }

  private static Account account(Json pipeline, Json exporter) {
    Json items = exporter.get("items");
    Map<String, Long> dropped = new TreeMap<>();
    items.get("dropped").fields().forEach((rule, count) -> dropped.put(rule, count.number()));
    return new Account(
        pipeline.get("id").text(),
        pipeline.get("signal").text(),
        exporter.get("id").text(),
        items.get("accepted").number(),
        items.get("resumed").number(),
        items.get("delivered").number(),
        dropped,
        items.get("dead_lettered").number(),
        items.get("held").number(),
        items.get("unaccounted").number(),
        exporter.get("failing").text().equals("true"),
        exporter.get("last_error_message").text());
  }

  /** The account of an exporter that is in one pipeline only. */
  Account account(String exporter) {
    List<Account> found =
        accounts.stream().filter(account -> account.exporter().equals(exporter)).toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException(exporter + " is in " + found);
    }
    return found.getFirst();
  }

  /** Items that the receivers took. */
  long accepted(Signal signal) {
    return accepted.getOrDefault(signal, 0L);
  }

  /** Items that are the pipelines': also those that were taken and then failed for good. */
  long taken(Signal signal) {
    return accepted(signal) + failed.getOrDefault(signal, 0L);
  }

  /** Items that came, whatever the receivers answered. */
  long received(Signal signal) {
    return taken(signal) + refused(signal);
  }

  /** Items that the receivers refused. */
  long refused(Signal signal) {
    return refused.getOrDefault(signal, 0L);
  }

  /** Items that nothing has been decided about. */
  long held() {
    return accounts.stream().mapToLong(Account::held).sum();
  }
}
