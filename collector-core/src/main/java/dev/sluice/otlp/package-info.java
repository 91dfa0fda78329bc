/**
 * OTLP on the wire: reader, writer, field numbers, validation and the OTLP/JSON transcoding.
 *
 * <p>Nothing here knows a pipeline, a socket or a backend. Receivers validate with it, exporters
 * walk bytes with it.
 */
@NullMarked
package dev.sluice.otlp;

import org.jspecify.annotations.NullMarked;
