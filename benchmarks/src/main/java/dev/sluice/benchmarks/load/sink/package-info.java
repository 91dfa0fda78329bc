/**
 * What takes the place of the backends: a server that takes OTLP/HTTP, Loki pushes and remote
 * write, and either throws the bodies away or reads the ids of the items in them.
 */
@NullMarked
package dev.sluice.benchmarks.load.sink;

import org.jspecify.annotations.NullMarked;
