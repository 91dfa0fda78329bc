/**
 * Logs to Loki by its push API, {@code POST /loki/api/v1/push}.
 *
 * <p>Here live the encoder that walks OTLP log bytes into {@code logproto.PushRequest} bytes, the
 * choice of index labels, and the judgement of Loki's answers. Sockets and compression come from
 * {@code exporters.http}; queue, batching and retry from the pipeline, the only caller.
 *
 * <p>An entry goes: {@link LogEncoder} reads a record, {@link LabelChooser} (through caches) says
 * which stream it belongs to, {@link PlainEntries} writes it in one pass or, where it is not plain,
 * {@link Lines} its line and {@link MetadataWriter} its structured metadata, {@link LogStream}
 * collects it, {@link PushBody} makes requests, {@link PushWriter} writes and {@link PushDelivery}
 * sends them and {@link Refusal} reads what Loki refused.
 */
@NullMarked
package dev.sluice.exporters.loki;

import org.jspecify.annotations.NullMarked;
