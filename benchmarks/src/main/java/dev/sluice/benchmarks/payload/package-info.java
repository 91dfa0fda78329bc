/**
 * OTLP requests shaped like the traffic of SDKs, for the JMH benchmarks and for the load. Made with
 * the generated protobuf classes, from a seed, before anything is measured.
 */
@NullMarked
package dev.sluice.benchmarks.payload;

import org.jspecify.annotations.NullMarked;
