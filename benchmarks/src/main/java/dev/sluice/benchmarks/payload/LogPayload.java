package dev.sluice.benchmarks.payload;

import static dev.sluice.benchmarks.payload.Attributes.bytes;
import static dev.sluice.benchmarks.payload.Attributes.choose;
import static dev.sluice.benchmarks.payload.Attributes.integer;
import static dev.sluice.benchmarks.payload.Attributes.text;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import java.util.Random;

/** Log records of about 350 bytes: a line of text, five attributes, a trace and a span id. */
final class LogPayload {
  private static final List<SeverityNumber> SEVERITIES =
      List.of(
          SeverityNumber.SEVERITY_NUMBER_INFO,
          SeverityNumber.SEVERITY_NUMBER_INFO,
          SeverityNumber.SEVERITY_NUMBER_WARN,
          SeverityNumber.SEVERITY_NUMBER_ERROR);
  private static final int NAME_PREFIX = "SEVERITY_NUMBER_".length();

  private final Random random;
  private long id = Payloads.ID_BASE;

  LogPayload(Random random) {
    this.random = random;
  }

  ExportLogsServiceRequest request(int records) {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    for (Resource resource : Attributes.twoResources(random)) {
      ScopeLogs.Builder scope = ScopeLogs.newBuilder().setScope(Attributes.scope("django.request"));
      for (int i = 0; i < records / 2; i++) {
        scope.addLogRecords(logRecord());
      }
      request.addResourceLogs(ResourceLogs.newBuilder().setResource(resource).addScopeLogs(scope));
    }
    return request.build();
  }

  private LogRecord logRecord() {
    SeverityNumber severity = choose(random, SEVERITIES);
    return LogRecord.newBuilder()
        .setTimeUnixNano(Payloads.NOW_NANOS)
        .setObservedTimeUnixNano(Payloads.NOW_NANOS)
        .setSeverityNumber(severity)
        .setSeverityText(severity.name().substring(NAME_PREFIX))
        .setBody(AnyValue.newBuilder().setStringValue(line()))
        .addAttributes(text("code.function.name", "handle"))
        .addAttributes(text("code.file.path", "/srv/app/views.py"))
        .addAttributes(integer("code.line.number", random.nextInt(900)))
        .addAttributes(integer("http.response.status_code", 200))
        .addAttributes(text("thread.name", "worker-" + random.nextInt(16)))
        .setTraceId(bytes(random, 16))
        .setSpanId(bytes(random, 8))
        .setFlags(1)
        .build();
  }

  private String line() {
    return "%s %s %s took %d ms for user u-%s request %s"
        .formatted(
            Payloads.hex(id++),
            random.nextBoolean() ? "GET" : "POST",
            choose(random, Attributes.ROUTES),
            random.nextInt(5000),
            Attributes.hex(random, 4),
            Attributes.hex(random, 8));
  }
}
