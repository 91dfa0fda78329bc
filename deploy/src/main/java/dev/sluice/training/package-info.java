/**
 * The training run that the start-up cache is made from: a program of its own, which the launcher
 * starts once after a build. It runs Sluice as a second process, sends it every kind of OTLP and
 * takes what comes out. The JVM of that process writes down what it loaded, linked and found hot.
 *
 * <p>Nothing here is loaded when Sluice runs; nothing else may depend on it.
 */
@NullMarked
package dev.sluice.training;

import org.jspecify.annotations.NullMarked;
