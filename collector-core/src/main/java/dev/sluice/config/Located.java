package dev.sluice.config;

/** A string of the configuration and where it stands. */
record Located(String text, Position at) {}
