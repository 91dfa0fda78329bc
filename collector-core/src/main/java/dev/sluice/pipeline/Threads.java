package dev.sluice.pipeline;

/**
 * Starts threads named after their role; given by the distribution so that tests can see a leaked
 * one.
 */
@FunctionalInterface
public interface Threads {
  /** Starts a thread of this name that runs {@code body}. */
  Thread start(String role, Runnable body);
}
