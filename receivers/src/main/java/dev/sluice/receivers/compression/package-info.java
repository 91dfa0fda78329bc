/**
 * Bodies as they were before their sender compressed them, within a limit and within the memory
 * budget. Knows no transport; called by each of them.
 *
 * <p>Every call has codec contexts of its own, so an error in one body cannot harm the next.
 */
@NullMarked
package dev.sluice.receivers.compression;

import org.jspecify.annotations.NullMarked;
