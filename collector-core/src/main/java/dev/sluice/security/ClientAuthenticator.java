package dev.sluice.security;

/** The credentials that an exporter shows to its backend. Thread-safe; never blocks. */
public interface ClientAuthenticator {
  /** The header that carries them. */
  String header();

  /** The header's value as it is now; asked for with each request, since it may be replaced. */
  String credentials();
}
