/** OTLP over gRPC: the only room of the receivers that sees {@code io.grpc}. */
@NullMarked
package dev.sluice.receivers.otlp.grpc;

import org.jspecify.annotations.NullMarked;
