"""Sends the sample of dev.sluice.it.SdkSample with the OpenTelemetry SDK for Python and prints the trace's id.

    sdk_sample.py grpc|http ENDPOINT SERVICE
"""
import sys
import time

from opentelemetry import trace
from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.metrics.view import (
    ExplicitBucketHistogramAggregation,
    ExponentialBucketHistogramAggregation,
    View,
)
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Link, SpanContext, SpanKind, Status, StatusCode, TraceFlags

protocol, endpoint, service = sys.argv[1:]

if protocol == "grpc":
    from opentelemetry.exporter.otlp.proto.grpc._log_exporter import OTLPLogExporter
    from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter

    spans = OTLPSpanExporter(endpoint=endpoint, insecure=True)
    metrics = OTLPMetricExporter(endpoint=endpoint, insecure=True)
    logs = OTLPLogExporter(endpoint=endpoint, insecure=True)
else:
    from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    spans = OTLPSpanExporter(endpoint=endpoint + "/v1/traces")
    metrics = OTLPMetricExporter(endpoint=endpoint + "/v1/metrics")
    logs = OTLPLogExporter(endpoint=endpoint + "/v1/logs")

resource = Resource.create(
    {
        "service.name": service,
        "service.namespace": "it",
        "service.instance.id": "it-1",
        "deployment.environment.name": "test",
    }
)

tracers = TracerProvider(resource=resource)
tracers.add_span_processor(BatchSpanProcessor(spans))
tracer = tracers.get_tracer("it.sdk", "1.2.3")
linked = SpanContext(
    0x0AF7651916CD43DD8448EB211C80319C, 0xB7AD6B7169203331, is_remote=True, trace_flags=TraceFlags(1)
)
span = tracer.start_span(
    "checkout", kind=SpanKind.SERVER, links=[Link(linked, {"link.kind": "follows"})]
)
span.set_attribute("it.string", "grüße €")
span.set_attribute("it.bool", True)
span.set_attribute("it.int", 4294967297)
span.set_attribute("it.double", 0.1)
span.set_attribute("it.strings", ["a", "b"])
span.set_attribute("it.bools", [True, False])
span.set_attribute("it.ints", [1, 2])
span.set_attribute("it.doubles", [0.5, 1.5])
span.add_event("cache.miss", {"key": "user:1"})
span.add_event("retry", {"attempt": 2})
span.set_status(Status(StatusCode.ERROR, "out of stock"))
inside = trace.set_span_in_context(span)
tracer.start_span("SELECT items", context=inside, kind=SpanKind.CLIENT).end()
span.end()

meters = MeterProvider(
    resource=resource,
    metric_readers=[PeriodicExportingMetricReader(metrics)],
    views=[
        View(instrument_name="it.size", aggregation=ExponentialBucketHistogramAggregation()),
        View(instrument_name="it.latency", aggregation=ExplicitBucketHistogramAggregation([5, 10, 25])),
    ],
)
meter = meters.get_meter("it.sdk")
meter.create_counter("it.orders", unit="{order}").add(7, {"route": "/cart"})
queue = meter.create_up_down_counter("it.queue")
queue.add(2)
queue.add(-5)
meter.create_gauge("it.temperature", unit="Cel").set(21.5)


def cpu(options):
    from opentelemetry.metrics import Observation

    yield Observation(12.5)


meter.create_observable_counter("it.cpu", [cpu], unit="s")
latency = meter.create_histogram("it.latency", unit="ms")
for value in (3.0, 7.0, 30.0):
    latency.record(value)
size = meter.create_histogram("it.size", unit="By")
for value in (1.0, 2.0, 4.0, 8.0):
    size.record(value)

loggers = LoggerProvider(resource=resource)
loggers.add_log_record_processor(BatchLogRecordProcessor(logs))
logger = loggers.get_logger("it.sdk")
for severity, text, body, attributes in (
    (SeverityNumber.INFO, "INFO", "order placed", {"order.id": 42}),
    (SeverityNumber.ERROR, "ERROR", "payment failed", {"reason": "card expired"}),
):
    logger.emit(
        LogRecord(
            timestamp=time.time_ns(),
            context=inside,
            severity_number=severity,
            severity_text=text,
            body=body,
            attributes=attributes,
        )
    )

for provider in (tracers, meters, loggers):
    if not provider.force_flush(20_000):
        sys.exit(f"{provider} could not flush")
    provider.shutdown()
print(format(span.get_span_context().trace_id, "032x"))
