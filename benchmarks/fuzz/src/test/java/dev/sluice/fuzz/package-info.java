/**
 * What the fuzz targets share: {@link dev.sluice.fuzz.Input} makes choices and requests of a
 * fuzzer's bytes, {@link dev.sluice.fuzz.TimeLimit} bounds an input's time, {@link
 * dev.sluice.fuzz.BackendSchema} reads what encoders write. The targets themselves live in the
 * packages of what they attack. "Reliability test 35".
 */
@NullMarked
package dev.sluice.fuzz;

import org.jspecify.annotations.NullMarked;
