package dev.sluice.config;

import java.util.List;

/**
 * What all sections of one configuration share.
 *
 * @param problems what is wrong with it
 * @param secrets the paths of what was read as a secret
 * @param authenticators the references to authenticators that were read, to be checked at the end
 */
record Reading(Problems problems, Secrets secrets, List<AuthenticatorReference> authenticators) {

  /** The same, for reading on where the mistake has been reported already. */
  Reading silenced() {
    return new Reading(new Problems(), secrets, authenticators);
  }
}
