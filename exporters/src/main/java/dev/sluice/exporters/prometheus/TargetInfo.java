package dev.sluice.exporters.prometheus;

/** The {@code target_info} series of a resource, and what is said of it. */
record TargetInfo(Series series, Metadata metadata) {}
