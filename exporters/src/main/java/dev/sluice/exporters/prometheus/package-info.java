/**
 * The {@code prometheus_remote_write} exporter: OTLP metrics turned into series, remote write 1.0
 * and 2.0 requests written from them, and the answers of a remote write endpoint judged.
 *
 * <p>Data flows {@code Translator} (OTLP bytes to samples, with {@code SeriesCache} and {@code
 * DeltaStates}), {@code SampleStore} (the samples of one batch, by column), {@code RequestWriter}
 * (a range of samples to a compressed request), {@code RemoteWriteDelivery} (which ranges are still
 * to be sent). The rules are those of the Collector's exporter and of prometheus/otlptranslator.
 * Sockets belong to {@code exporters.http}; retries, queues and counting of items to {@code
 * pipeline}.
 */
@NullMarked
package dev.sluice.exporters.prometheus;

import org.jspecify.annotations.NullMarked;
