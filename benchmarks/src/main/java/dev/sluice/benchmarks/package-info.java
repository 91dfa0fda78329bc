/** JMH benchmarks and the load harness. */
@NullMarked
package dev.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
