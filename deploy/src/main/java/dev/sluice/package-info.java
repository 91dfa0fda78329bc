/**
 * The distribution: the command line, the embedded configuration, and the wiring that chooses which
 * parts exist. Environment, standard streams, clocks, threads and signals come from {@link
 * dev.sluice.Host} and are handed down; nothing else may reach for them.
 *
 * <p>No protocol and no pipeline rule lives here. Called by the launcher.
 */
@NullMarked
package dev.sluice;

import org.jspecify.annotations.NullMarked;
