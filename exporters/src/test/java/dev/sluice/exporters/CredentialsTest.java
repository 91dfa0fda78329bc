package dev.sluice.exporters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.auth.TestSecurity;
import dev.sluice.exporters.http.HttpBackend;
import dev.sluice.exporters.http.Reply;
import dev.sluice.exporters.loki.LokiExporterFactory;
import dev.sluice.exporters.otlp.OtlpHttpExporterFactory;
import dev.sluice.exporters.prometheus.RemoteWriteExporterFactory;
import dev.sluice.otlp.OtlpSamples;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Batch;
import dev.sluice.pipeline.Delivery;
import dev.sluice.pipeline.ExportResult;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.ExporterFactory;
import dev.sluice.pipeline.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The credentials that HTTP exporters show, and that new ones mend what old ones could not. */
@Timeout(60)
class CredentialsTest {
  private static final long PATIENT = Duration.ofSeconds(30).toNanos();

  @TempDir Path folder;

  enum Kind {
    OTLP(new OtlpHttpExporterFactory(), Signal.LOGS, "compression: none"),
    LOKI(new LokiExporterFactory(), Signal.LOGS, ""),
    REMOTE_WRITE(new RemoteWriteExporterFactory(), Signal.METRICS, "");

    private final ExporterFactory factory;
    private final Signal signal;
    private final String more;

    Kind(ExporterFactory factory, Signal signal, String more) {
      this.factory = factory;
      this.signal = signal;
      this.more = more;
    }

    private Batch batch() {
      return Batch.of(
          signal, List.of(signal == Signal.LOGS ? OtlpSamples.logs(2) : OtlpSamples.metrics(2)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRefusedDeliverySucceedsWhenTheTokenIsReplaced(Kind kind) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "old-t0ken\n");
    String extensions = "bearertokenauth/b: {filename: " + file + "}";
    try (HttpBackend backend = HttpBackend.start();
        TestSecurity security = TestSecurity.of(extensions, new ManualClock());
        Exporter exporter = exporter(kind, backend, "bearertokenauth/b", security)) {
      backend.script(Reply.status(401));
      Delivery delivery = exporter.prepare(kind.batch());
      ExportResult refused = delivery.attempt(PATIENT);
      assertInstanceOf(ExportResult.Hold.class, refused);
      assertFalse(refused.toString().contains("t0ken"), refused.toString());
      assertEquals("Bearer old-t0ken", backend.take().header("authorization"));

      Files.writeString(file, "new-t0ken\n");
      security.reload();
      assertInstanceOf(ExportResult.Delivered.class, delivery.attempt(PATIENT));
      assertEquals("Bearer new-t0ken", backend.take().header("authorization"));
    }
  }

  @Test
  void nameAndPasswordAreShown() {
    String extensions = "basicauth: {client_auth: {username: me, password: secret}}";
    try (HttpBackend backend = HttpBackend.start();
        TestSecurity security = TestSecurity.of(extensions, new ManualClock());
        Exporter exporter = exporter(Kind.OTLP, backend, "basicauth", security)) {
      exporter.prepare(Kind.OTLP.batch()).attempt(PATIENT);
      assertEquals("Basic bWU6c2VjcmV0", backend.take().header("authorization"));
    }
  }

  private static Exporter exporter(
      Kind kind, HttpBackend backend, String authenticator, TestSecurity security) {
    String yaml =
        "endpoint: %s\nauth: {authenticator: %s}\n%s"
            .formatted(backend.url("/"), authenticator, kind.more);
    return Samples.plan(kind.factory, yaml)
        .make()
        .make(Samples.context("x/test", kind.signal).with(security));
  }
}
