/**
 * The collector under test: its command, the configuration that it is given, its process, and what
 * the kernel says that the process uses. Any collector that reads the OpenTelemetry Collector's
 * configuration will do.
 */
@NullMarked
package dev.sluice.benchmarks.load.collector;

import org.jspecify.annotations.NullMarked;
