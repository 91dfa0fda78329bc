/**
 * The Collector's YAML configuration: sources, merging, substitution, positions, typed sections.
 *
 * <p>Whatever is wrong becomes a {@link dev.sluice.config.Problem} with its file, line, column and
 * path; nothing here throws on bad input, so that one run reports every problem. What a key means
 * is decided by the component that reads it from its {@link dev.sluice.config.Section}; nothing
 * here opens a socket, starts a thread or knows an exporter. The distribution calls {@link
 * dev.sluice.config.ConfigLoader} and {@link dev.sluice.config.ServiceConfig}; components call
 * {@code Section} and the readers of what several of them share.
 */
@NullMarked
package dev.sluice.config;

import org.jspecify.annotations.NullMarked;
