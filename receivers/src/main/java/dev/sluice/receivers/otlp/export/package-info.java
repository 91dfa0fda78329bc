/**
 * What the transports of the otlp receiver share: {@link
 * dev.sluice.receivers.otlp.export.ExportService} is the one place where a request becomes
 * telemetry and is offered; transports carry bytes to it and its answer back.
 *
 * <p>No socket, header or transport's status is known here.
 */
@NullMarked
package dev.sluice.receivers.otlp.export;

import org.jspecify.annotations.NullMarked;
