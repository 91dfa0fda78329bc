package dev.sluice.it;

import static io.opentelemetry.api.common.AttributeKey.booleanArrayKey;
import static io.opentelemetry.api.common.AttributeKey.doubleArrayKey;
import static io.opentelemetry.api.common.AttributeKey.longArrayKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** The Java SDK with its OTLP exporters as they come, over gRPC or HTTP/protobuf. */
enum JavaSdk implements Sdk {
  GRPC {
    @Override
    SpanExporter spans(SluiceProcess sluice) {
      return OtlpGrpcSpanExporter.builder().setEndpoint("http://" + sluice.grpc()).build();
    }

    @Override
    MetricExporter metrics(SluiceProcess sluice) {
      return OtlpGrpcMetricExporter.builder().setEndpoint("http://" + sluice.grpc()).build();
    }

    @Override
    LogRecordExporter logs(SluiceProcess sluice) {
      return OtlpGrpcLogRecordExporter.builder().setEndpoint("http://" + sluice.grpc()).build();
    }
  },
  HTTP {
    @Override
    SpanExporter spans(SluiceProcess sluice) {
      return OtlpHttpSpanExporter.builder().setEndpoint(sluice.http() + "/v1/traces").build();
    }

    @Override
    MetricExporter metrics(SluiceProcess sluice) {
      return OtlpHttpMetricExporter.builder().setEndpoint(sluice.http() + "/v1/metrics").build();
    }

    @Override
    LogRecordExporter logs(SluiceProcess sluice) {
      return OtlpHttpLogRecordExporter.builder().setEndpoint(sluice.http() + "/v1/logs").build();
    }
  };

  abstract SpanExporter spans(SluiceProcess sluice);

  abstract MetricExporter metrics(SluiceProcess sluice);

  abstract LogRecordExporter logs(SluiceProcess sluice);

  @Override
  public String label() {
    return "java-" + name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String send(SluiceProcess sluice, String service) {
    try (OpenTelemetrySdk sdk = sdk(sluice, service)) {
      Span span = trace(sdk.getTracer("it.sdk", "1.2.3"));
      metrics(sdk.getMeter("it.sdk"));
      logs(sdk.getLogsBridge().get("it.sdk"), Context.root().with(span));
      flushed("spans", sdk.getSdkTracerProvider().forceFlush());
      flushed("metrics", sdk.getSdkMeterProvider().forceFlush());
      flushed("logs", sdk.getSdkLoggerProvider().forceFlush());
      return span.getSpanContext().getTraceId();
    }
  }

  private OpenTelemetrySdk sdk(SluiceProcess sluice, String service) {
    Resource resource =
        Resource.getDefault().toBuilder()
            .put("service.name", service)
            .put("service.namespace", "it")
            .put("service.instance.id", "it-1")
            .put("deployment.environment.name", "test")
            .build();
    View exponential =
        View.builder().setAggregation(Aggregation.base2ExponentialBucketHistogram()).build();
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .setResource(resource)
                .addSpanProcessor(BatchSpanProcessor.builder(spans(sluice)).build())
                .build())
        .setMeterProvider(
            SdkMeterProvider.builder()
                .setResource(resource)
                .registerView(InstrumentSelector.builder().setName("it.size").build(), exponential)
                .registerMetricReader(PeriodicMetricReader.builder(metrics(sluice)).build())
                .build())
        .setLoggerProvider(
            SdkLoggerProvider.builder()
                .setResource(resource)
                .addLogRecordProcessor(BatchLogRecordProcessor.builder(logs(sluice)).build())
                .build())
        .build();
  }

  private static Span trace(Tracer tracer) {
    SpanContext linked =
        SpanContext.createFromRemoteParent(
            SdkSample.LINKED_TRACE,
            SdkSample.LINKED_SPAN,
            TraceFlags.getSampled(),
            TraceState.getDefault());
    Span span =
        tracer
            .spanBuilder("checkout")
            .setNoParent()
            .setSpanKind(SpanKind.SERVER)
            .addLink(linked, Attributes.of(stringKey("link.kind"), "follows"))
            .startSpan();
    span.setAttribute("it.string", "grüße €");
    span.setAttribute("it.bool", true);
    span.setAttribute("it.int", 4294967297L);
    span.setAttribute("it.double", 0.1);
    span.setAttribute(stringArrayKey("it.strings"), List.of("a", "b"));
    span.setAttribute(booleanArrayKey("it.bools"), List.of(true, false));
    span.setAttribute(longArrayKey("it.ints"), List.of(1L, 2L));
    span.setAttribute(doubleArrayKey("it.doubles"), List.of(0.5, 1.5));
    span.addEvent("cache.miss", Attributes.of(stringKey("key"), "user:1"));
    span.addEvent("retry", Attributes.of(longKey("attempt"), 2L));
    span.setStatus(StatusCode.ERROR, "out of stock");
    tracer
        .spanBuilder("SELECT items")
        .setParent(Context.root().with(span))
        .setSpanKind(SpanKind.CLIENT)
        .startSpan()
        .end();
    span.end();
    return span;
  }

  private static void metrics(Meter meter) {
    meter
        .counterBuilder("it.orders")
        .setUnit("{order}")
        .build()
        .add(7, Attributes.of(stringKey("route"), "/cart"));
    var queue = meter.upDownCounterBuilder("it.queue").build();
    queue.add(2);
    queue.add(-5);
    meter.gaugeBuilder("it.temperature").setUnit("Cel").build().set(21.5);
    meter
        .counterBuilder("it.cpu")
        .ofDoubles()
        .setUnit("s")
        .buildWithCallback(measurement -> measurement.record(12.5));
    var latency =
        meter
            .histogramBuilder("it.latency")
            .setUnit("ms")
            .setExplicitBucketBoundariesAdvice(List.of(5.0, 10.0, 25.0))
            .build();
    List.of(3.0, 7.0, 30.0).forEach(latency::record);
    var size = meter.histogramBuilder("it.size").setUnit("By").build();
    List.of(1.0, 2.0, 4.0, 8.0).forEach(size::record);
  }

  private static void logs(Logger logger, Context context) {
    logger
        .logRecordBuilder()
        .setTimestamp(Instant.now())
        .setContext(context)
        .setSeverity(Severity.INFO)
        .setSeverityText("INFO")
        .setBody("order placed")
        .setAttribute(longKey("order.id"), 42L)
        .emit();
    logger
        .logRecordBuilder()
        .setTimestamp(Instant.now())
        .setContext(context)
        .setSeverity(Severity.ERROR)
        .setSeverityText("ERROR")
        .setBody("payment failed")
        .setAttribute(stringKey("reason"), "card expired")
        .emit();
  }

  private static void flushed(String what, CompletableResultCode result) {
    result.join(20, TimeUnit.SECONDS);
    Assertions.assertTrue(
        result.isSuccess(), () -> "the SDK could not export its " + what + ": " + result);
  }
}
