/**
 * The processors, one file a component.
 *
 * <p>{@code batch} and {@code memory_limiter} process nothing themselves: they set how a pipeline's
 * cursors batch and when its ring refuses.
 */
@NullMarked
package dev.sluice.processors;

import org.jspecify.annotations.NullMarked;
