/**
 * The grammar of a command line: options and commands, what was given of them, and the help text.
 * It knows no option by name; those are in {@code dev.sluice.Arguments}, its only caller.
 */
@NullMarked
package dev.sluice.commandline;

import org.jspecify.annotations.NullMarked;
