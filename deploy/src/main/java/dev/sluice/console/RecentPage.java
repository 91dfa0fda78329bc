package dev.sluice.console;

import dev.sluice.otlp.ProtoToJson;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Split;
import dev.sluice.otlp.Telemetry;
import dev.sluice.pages.Page;
import dev.sluice.receivers.http.HttpHead;
import dev.sluice.receivers.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/recent/traces}, {@code metrics} and {@code logs}: what arrived last, as one OTLP/JSON
 * request, newest last. {@code ?limit=100} asks for at most so many items; whole requests are
 * shown.
 */
final class RecentPage implements Page {
  private static final String PATH = "/api/recent/";
  private static final String LIMIT = "limit=";
  private static final int ITEMS_DEFAULT = 1_000;
  private static final int ITEMS_MOST = 100_000;

  /** Of protobuf; as JSON it is several times as much. */
  private static final int BYTES_MAX = 2 << 20;

  private final RecentStore store;

  RecentPage(RecentStore store) {
    this.store = store;
  }

  @Override
  public @Nullable HttpResponse get(HttpHead head) {
    if (!head.path().startsWith(PATH)) {
      return null;
    }
    String name = head.path().substring(PATH.length());
    for (Signal signal : Signal.values()) {
      if (signal.label().equals(name)) {
        return newest(signal, limit(head.query()));
      }
    }
    return null;
  }

  private HttpResponse newest(Signal signal, int limit) {
    if (limit < 1) {
      return HttpResponse.json(
          400, "{\"error\":\"limit must be a number from 1 to " + ITEMS_MOST + "\"}\n");
    }
    List<Telemetry> newest = store.newest(signal, limit, BYTES_MAX);
    return newest.isEmpty()
        ? HttpResponse.json(200, "{}\n")
        : HttpResponse.of(200, "application/json", ProtoToJson.request(end(newest, limit)));
  }

  /** The last items of all requests joined, as many as are asked for and fit. */
  private static Telemetry end(List<Telemetry> requests, int limit) {
    Telemetry all = Split.concat(requests);
    Telemetry end = Split.range(all, all.items() - limit, all.items());
    Telemetry shown = end == null ? all : end;
    return Split.split(shown, limit, BYTES_MAX).getLast();
  }

  /** The limit that the query asks for, or 0 when it makes no sense. */
  private static int limit(String query) {
    for (String part : query.split("&", -1)) {
      if (part.startsWith(LIMIT)) {
        return number(part.substring(LIMIT.length()));
      }
    }
    return ITEMS_DEFAULT;
  }

  private static int number(String text) {
    try {
      int number = Integer.parseInt(text);
      return number > ITEMS_MOST ? 0 : number;
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
