/**
 * What the encoders are measured against: the same translation as one would write it with the
 * generated protobuf classes and strings. Simpler than the product where that only makes it faster.
 */
@NullMarked
package dev.sluice.benchmarks.reference;

import org.jspecify.annotations.NullMarked;
