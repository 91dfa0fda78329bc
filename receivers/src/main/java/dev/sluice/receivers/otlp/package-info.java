/**
 * The otlp receiver: its settings, and what gRPC and HTTP share.
 *
 * <p>{@link dev.sluice.receivers.otlp.ExportService} is the one place where a request becomes
 * telemetry and is offered; the transports below carry bytes to it and its answer back. No socket,
 * status code or header is known here.
 */
@NullMarked
package dev.sluice.receivers.otlp;

import org.jspecify.annotations.NullMarked;
