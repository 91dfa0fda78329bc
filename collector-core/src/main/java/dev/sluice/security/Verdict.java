package dev.sluice.security;

/** What an authenticator says about the credentials of a request. */
public enum Verdict {
  /** They are right. */
  ALLOWED,
  /** They are missing or wrong: 401, {@code UNAUTHENTICATED}. */
  DENIED,
  /** Nobody can tell now; the sender may come again: 503, {@code UNAVAILABLE}. */
  BUSY
}
