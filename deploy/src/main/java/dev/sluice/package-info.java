/** The distribution: command line and wiring. */
@NullMarked
package dev.sluice;

import org.jspecify.annotations.NullMarked;
