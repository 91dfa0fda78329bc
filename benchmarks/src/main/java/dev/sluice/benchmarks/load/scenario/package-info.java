/**
 * What is measured: each scenario starts the collectors one after the other, warms them up, sends
 * its loads and adds figures to the samples. Only the command line calls these.
 */
@NullMarked
package dev.sluice.benchmarks.load.scenario;

import org.jspecify.annotations.NullMarked;
