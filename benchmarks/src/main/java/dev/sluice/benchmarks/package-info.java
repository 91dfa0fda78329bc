/**
 * JMH benchmarks of the hot paths, each against the obvious alternative. Times are nanoseconds an
 * item; with the garbage collector's profiler, which {@code benchmarks/run jmh} switches on, also
 * the bytes that an item allocates. {@code RingBenchmark} lives in the package of the ring, whose
 * parts are seen only there.
 */
@NullMarked
package dev.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
