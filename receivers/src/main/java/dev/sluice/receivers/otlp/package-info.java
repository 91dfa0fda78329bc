/** The otlp receiver: its settings, and what gRPC and HTTP share. */
@NullMarked
package dev.sluice.receivers.otlp;

import org.jspecify.annotations.NullMarked;
