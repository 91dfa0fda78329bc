/**
 * The Collector's YAML: positions, substitution, merging, typed sections, and errors that name
 * path, line, rule and value.
 */
@NullMarked
package dev.sluice.config;

import org.jspecify.annotations.NullMarked;
