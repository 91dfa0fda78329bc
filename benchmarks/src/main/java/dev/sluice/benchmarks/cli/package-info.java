/**
 * The command line of {@code benchmarks/run}: reads options, calls scenarios and JMH, writes
 * results.
 */
@NullMarked
package dev.sluice.benchmarks.cli;

import org.jspecify.annotations.NullMarked;
