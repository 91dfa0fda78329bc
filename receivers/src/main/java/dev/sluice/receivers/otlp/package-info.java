/**
 * The otlp receiver as the configuration knows it: reads its keys, and makes of them the transports
 * of the packages below. Called by the distribution's table of receivers.
 */
@NullMarked
package dev.sluice.receivers.otlp;

import org.jspecify.annotations.NullMarked;
