package dev.sluice.config;

/**
 * What all sections of one configuration share.
 *
 * @param problems what is wrong with it
 * @param secrets the paths of what was read as a secret
 */
record Reading(Problems problems, Secrets secrets) {

  /** The same, for reading on where the mistake has been reported already. */
  Reading silenced() {
    return new Reading(new Problems(), secrets);
  }
}
