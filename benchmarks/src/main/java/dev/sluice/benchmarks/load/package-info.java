/**
 * The load harness: it runs a collector on cores of its own, sends it OTLP from another core, takes
 * what the collector delivers, and tells what an item cost. Traffic stays on loopback, and every
 * run ends by itself.
 *
 * <p>Here are the words that its rooms share. {@code client} sends, {@code sink} receives, {@code
 * collector} runs the process under test and reads what it uses, {@code scenario} says what is
 * measured. They know the collector only by its command and its ports.
 */
@NullMarked
package dev.sluice.benchmarks.load;

import org.jspecify.annotations.NullMarked;
