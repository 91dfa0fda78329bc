/**
 * The HTTP pages that Sluice serves about itself: health, readiness, the truth about delivery,
 * self-metrics. What is true is asked of the pipelines; nothing is decided here. Called by the
 * wiring.
 */
@NullMarked
package dev.sluice.pages;

import org.jspecify.annotations.NullMarked;
