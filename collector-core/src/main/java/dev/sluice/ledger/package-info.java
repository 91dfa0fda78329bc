/**
 * What became of an item, for whoever asks afterwards: a sample of the requests with their ways
 * through the pipelines, and every loss with the names of what was lost; and the conservation law.
 *
 * <p>The pipelines tell it by {@link dev.sluice.pipeline.Ledger}; the distribution asks it. Nothing
 * is decided here, and no answer is written here: no JSON for people, no HTTP.
 */
@NullMarked
package dev.sluice.ledger;

import org.jspecify.annotations.NullMarked;
