/**
 * As much of HTTP/1.1 as the load and the sink need, on blocking channels and reused buffers: a
 * general client or server would cost the load's core more than the collector costs its own.
 */
@NullMarked
package dev.sluice.benchmarks.load.http;

import org.jspecify.annotations.NullMarked;
