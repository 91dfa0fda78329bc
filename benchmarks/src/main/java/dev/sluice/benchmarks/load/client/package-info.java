/**
 * The load generator: requests made before the run and changed in place, a schedule that says when
 * each is meant to be sent, slots that send one request at a time, and the histograms of what the
 * answers took.
 */
@NullMarked
package dev.sluice.benchmarks.load.client;

import org.jspecify.annotations.NullMarked;
