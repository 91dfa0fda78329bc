package dev.sluice.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ManualClock;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import dev.sluice.receivers.http.HttpHead;
import dev.sluice.receivers.http.HttpResponse;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecentPageTest {
  private final RecentStore store = new RecentStore(64L << 20, 1_000, new ManualClock(0));
  private final RecentPage page = new RecentPage(store);

  @Test
  void anAnswerIsBoundedHoweverLargeARequestWas() {
    ScopeLogs.Builder scope = ScopeLogs.newBuilder();
    String body = "x".repeat(1_000);
    for (int i = 0; i < 10_000; i++) {
      scope.addLogRecords(
          LogRecord.newBuilder()
              .setTimeUnixNano(i)
              .setBody(AnyValue.newBuilder().setStringValue(body)));
    }
    byte[] bytes =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
            .build()
            .toByteArray();
    store.add(new Telemetry(Signal.LOGS, bytes, 10_000));

    HttpResponse answer = get("/api/recent/logs", "limit=10000");
    assertEquals(200, answer.status());
    assertTrue(answer.body().length < 4 << 20, () -> "bytes: " + answer.body().length);
    assertTrue(
        new String(answer.body(), StandardCharsets.UTF_8).contains("\"timeUnixNano\":\"9999\""));
  }

  @Test
  void aLimitThatMakesNoSenseIs400() {
    for (String query : new String[] {"limit=0", "limit=", "limit=1000000", "a=b&limit=x"}) {
      assertEquals(400, get("/api/recent/logs", query).status(), query);
    }
    assertEquals(200, get("/api/recent/logs", "other=1&limit=5").status());
  }

  private HttpResponse get(String path, String query) {
    HttpResponse answer = page.get(new Head(path, query));
    assertNotNull(answer);
    return answer;
  }

  private record Head(String path, String query) implements HttpHead {
    @Override
    public String method() {
      return "GET";
    }

    @Override
    public @Nullable String header(String name) {
      return null;
    }

    @Override
    public InetSocketAddress remoteAddress() {
      return new InetSocketAddress(0);
    }
  }
}
