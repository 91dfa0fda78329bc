/**
 * The promise that an acknowledged item is never lost, tried on the real process: it is killed, and
 * its disk is taken away. {@link SpanLoad} sends spans with numbers, {@link SpanSink} is the
 * backend that remembers them.
 */
@NullMarked
package dev.sluice.durability;

import org.jspecify.annotations.NullMarked;
