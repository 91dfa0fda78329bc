package dev.sluice.receivers.otlp;

import dev.sluice.receivers.otlp.grpc.GrpcSettings;
import dev.sluice.receivers.otlp.http.HttpSettings;
import org.jspecify.annotations.Nullable;

/** The settings of an otlp receiver; a protocol that was not asked for is null. */
public record OtlpSettings(@Nullable GrpcSettings grpc, @Nullable HttpSettings http) {}
