/**
 * What was measured, as data: files of measurements with the machine that they were taken on, the
 * change between two of them, and their text form. Knows nothing of how anything is measured.
 */
@NullMarked
package dev.sluice.benchmarks.result;

import org.jspecify.annotations.NullMarked;
