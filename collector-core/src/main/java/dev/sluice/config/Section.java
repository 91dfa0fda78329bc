package dev.sluice.config;

/** A typed view of one map of the configuration. */
public final class Section {}
