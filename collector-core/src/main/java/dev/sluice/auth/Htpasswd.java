package dev.sluice.auth;

import java.util.HashMap;
import java.util.Map;

/**
 * Names and passwords of an htpasswd file. Immutable.
 *
 * <p>A name that is not there takes as long as one whose password is wrong, so that names cannot be
 * guessed by the time.
 */
final class Htpasswd {
  private static final int USERS_MAX = 10_000;

  private final Map<String, PasswordHash> users;
  private final PasswordHash decoy;
  private final boolean slow;

  private Htpasswd(Map<String, PasswordHash> users) {
    this.users = users;
    slow = users.values().stream().anyMatch(PasswordHash::slow);
    decoy =
        users.values().stream()
            .filter(hash -> hash.slow() == slow)
            .findFirst()
            .orElse(PasswordHash.of("nobody"));
  }

  /**
   * Reads lines of {@code name:hash}; empty ones and those that begin with {@code #} do not count.
   *
   * @throws IllegalArgumentException that names the line and does not show it
   */
  static Htpasswd read(String text) {
    Map<String, PasswordHash> users = new HashMap<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String stripped = line.strip();
      if (stripped.isEmpty() || stripped.startsWith("#")) {
        continue;
      }
      int colon = stripped.indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("line " + number + " is not name:hash");
      }
      users.put(stripped.substring(0, colon), hash(number, stripped.substring(colon + 1)));
      if (users.size() > USERS_MAX) {
        throw new IllegalArgumentException("has more than " + USERS_MAX + " names");
      }
    }
    return new Htpasswd(users);
  }

  private static PasswordHash hash(int line, String stored) {
    try {
      return PasswordHash.of(stored);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("line " + line + ": " + e.getMessage(), e);
    }
  }

  /** Whether a check may take milliseconds. */
  boolean slow() {
    return slow;
  }

  boolean isEmpty() {
    return users.isEmpty();
  }

  /** Whether the password is that of the name. */
  boolean matches(String name, String password) {
    PasswordHash hash = users.get(name);
    boolean right = (hash == null ? decoy : hash).matches(password);
    return right && hash != null;
  }
}
