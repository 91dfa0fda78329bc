package dev.sluice.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.security.Digest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Credentials that were found good, by their salted digests, so that a sender pays once for what is
 * slow to check. Thread-safe; holds {@value #ENTRIES_MAX} at most and forgets all when it is full.
 */
final class Verified {
  private static final int ENTRIES_MAX = 4096;
  private static final int SALT_BYTES = 32;

  private final byte[] salt = new byte[SALT_BYTES];
  private final Map<Digest, Long> untilSeconds = new ConcurrentHashMap<>();

  Verified() {
    new SecureRandom().nextBytes(salt);
  }

  /** Whether these were found good and still are. */
  boolean has(String credentials, long nowSeconds) {
    Long until = untilSeconds.get(digest(credentials));
    return until != null && nowSeconds < until;
  }

  /** These are good until then, in seconds since the epoch. */
  void add(String credentials, long untilSecond) {
    if (untilSeconds.size() >= ENTRIES_MAX) {
      untilSeconds.clear();
    }
    untilSeconds.put(digest(credentials), untilSecond);
  }

  private Digest digest(String credentials) {
    return Digest.of(salt, credentials.getBytes(UTF_8));
  }
}
