// Sends the sample of dev.sluice.it.SdkSample with the OpenTelemetry SDK for JavaScript, which speaks OTLP/JSON over HTTP,
// and prints the trace's id.
//
//     sdk-sample.js ENDPOINT SERVICE
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, ValueType, trace } from "@opentelemetry/api";
import { SeverityNumber } from "@opentelemetry/api-logs";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";
import { AggregationType, MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";

const [endpoint, service] = process.argv.slice(2);
const resource = resourceFromAttributes({
  "service.name": service,
  "service.namespace": "it",
  "service.instance.id": "it-1",
  "deployment.environment.name": "test",
});

const tracers = new BasicTracerProvider({
  resource,
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }))],
});
const tracer = tracers.getTracer("it.sdk", "1.2.3");
const linked = {
  traceId: "0af7651916cd43dd8448eb211c80319c",
  spanId: "b7ad6b7169203331",
  traceFlags: TraceFlags.SAMPLED,
  isRemote: true,
};
const span = tracer.startSpan(
  "checkout",
  { kind: SpanKind.SERVER, root: true, links: [{ context: linked, attributes: { "link.kind": "follows" } }] },
  ROOT_CONTEXT,
);
span.setAttributes({
  "it.string": "grüße €",
  "it.bool": true,
  "it.int": 4294967297,
  "it.double": 0.1,
  "it.strings": ["a", "b"],
  "it.bools": [true, false],
  "it.ints": [1, 2],
  "it.doubles": [0.5, 1.5],
});
span.addEvent("cache.miss", { key: "user:1" });
span.addEvent("retry", { attempt: 2 });
span.setStatus({ code: SpanStatusCode.ERROR, message: "out of stock" });
const inside = trace.setSpan(ROOT_CONTEXT, span);
tracer.startSpan("SELECT items", { kind: SpanKind.CLIENT }, inside).end();
span.end();

const meters = new MeterProvider({
  resource,
  readers: [
    new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter({ url: `${endpoint}/v1/metrics` }) }),
  ],
  views: [
    { instrumentName: "it.size", aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } },
    {
      instrumentName: "it.latency",
      aggregation: { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries: [5, 10, 25] } },
    },
  ],
});
const meter = meters.getMeter("it.sdk");
meter.createCounter("it.orders", { unit: "{order}", valueType: ValueType.INT }).add(7, { route: "/cart" });
const queue = meter.createUpDownCounter("it.queue", { valueType: ValueType.INT });
queue.add(2);
queue.add(-5);
meter.createGauge("it.temperature", { unit: "Cel" }).record(21.5);
meter.createObservableCounter("it.cpu", { unit: "s" }).addCallback((result) => result.observe(12.5));
const latency = meter.createHistogram("it.latency", { unit: "ms" });
[3, 7, 30].forEach((value) => latency.record(value));
const size = meter.createHistogram("it.size", { unit: "By" });
[1, 2, 4, 8].forEach((value) => size.record(value));

const loggers = new LoggerProvider({
  resource,
  processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter({ url: `${endpoint}/v1/logs` }) })],
});
const logger = loggers.getLogger("it.sdk");
logger.emit({
  timestamp: Date.now(),
  context: inside,
  severityNumber: SeverityNumber.INFO,
  severityText: "INFO",
  body: "order placed",
  attributes: { "order.id": 42 },
});
logger.emit({
  timestamp: Date.now(),
  context: inside,
  severityNumber: SeverityNumber.ERROR,
  severityText: "ERROR",
  body: "payment failed",
  attributes: { reason: "card expired" },
});

for (const provider of [tracers, meters, loggers]) {
  await provider.forceFlush();
  await provider.shutdown();
}
console.log(span.spanContext().traceId);
