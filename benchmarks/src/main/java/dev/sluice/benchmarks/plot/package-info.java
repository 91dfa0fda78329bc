/** Draws results as PNG, with XChart; the only package that knows it. */
@NullMarked
package dev.sluice.benchmarks.plot;

import org.jspecify.annotations.NullMarked;
