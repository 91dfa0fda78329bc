package dev.sluice.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.IllegalBCryptFormatException;
import dev.sluice.security.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.apache.commons.codec.digest.Crypt;
import org.apache.commons.codec.digest.Md5Crypt;

/**
 * A password as an htpasswd file keeps it. Immutable.
 *
 * <p>Takes what the Collector takes: bcrypt, Apache's MD5, SHA-256 and SHA-512 crypt, {@code
 * {SHA}}, {@code {SSHA}} and plain text. The libraries are loaded by the first hash of their kind.
 */
sealed interface PasswordHash {
  /** Reads the part of a line behind the name. */
  static PasswordHash of(String stored) {
    if (stored.startsWith("$2")) {
      return bcrypt(stored);
    }
    if (stored.startsWith("$apr1$") || stored.startsWith("$5$") || stored.startsWith("$6$")) {
      return new Crypted(stored);
    }
    if (stored.startsWith("{SHA}") || stored.startsWith("{SSHA}")) {
      return sha1(stored.substring(stored.indexOf('}') + 1));
    }
    if (stored.isEmpty() || stored.startsWith("$") || stored.startsWith("{")) {
      throw new IllegalArgumentException("the kind of hash is not known; use bcrypt (htpasswd -B)");
    }
    return new Plain(Digest.of(stored));
  }

  /** Whether a password is the one; takes the time that it takes whatever is wrong. */
  boolean matches(String password);

  /** Whether that takes milliseconds, so that an event loop must not wait for it. */
  default boolean slow() {
    return true;
  }

  private static PasswordHash bcrypt(String stored) {
    byte[] hash = stored.getBytes(UTF_8);
    try {
      if (BCrypt.Version.VERSION_2Y.parser.parse(hash).cost > Bcrypt.COST_MAX) {
        throw new IllegalArgumentException("a bcrypt cost above " + Bcrypt.COST_MAX);
      }
    } catch (IllegalBCryptFormatException e) {
      throw new IllegalArgumentException("the bcrypt hash is cut off or changed", e);
    }
    return new Bcrypt(hash);
  }

  private static PasswordHash sha1(String base64) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    if (bytes.length < Sha1.BYTES) {
      throw new IllegalArgumentException("the SHA-1 hash is cut off");
    }
    return new Sha1(
        Arrays.copyOf(bytes, Sha1.BYTES), Arrays.copyOfRange(bytes, Sha1.BYTES, bytes.length));
  }

  /** Any of bcrypt's versions. */
  record Bcrypt(byte[] hash) implements PasswordHash {
    /** Above this, a check takes seconds. */
    private static final int COST_MAX = 16;

    /** What bcrypt looks at; the library refuses more instead of ignoring it. */
    private static final int PASSWORD_BYTES_MAX = 72;

    @Override
    public boolean matches(String password) {
      byte[] bytes = password.getBytes(UTF_8);
      byte[] looked = Arrays.copyOf(bytes, Math.min(bytes.length, PASSWORD_BYTES_MAX - 1));
      return BCrypt.verifyer().verify(looked, hash).verified && bytes.length == looked.length;
    }

    @Override
    public String toString() {
      return "Bcrypt";
    }
  }

  /** A hash of crypt(3), or Apache's own MD5, which htpasswd makes when it is not told. */
  record Crypted(String stored) implements PasswordHash {
    @Override
    public boolean matches(String password) {
      byte[] bytes = password.getBytes(UTF_8);
      String made =
          stored.startsWith("$apr1$")
              ? Md5Crypt.apr1Crypt(bytes, stored)
              : Crypt.crypt(bytes, stored);
      return MessageDigest.isEqual(made.getBytes(UTF_8), stored.getBytes(UTF_8));
    }

    @Override
    public String toString() {
      return "Crypted";
    }
  }

  /** SHA-1 of password and salt; no salt for {@code {SHA}}. */
  record Sha1(byte[] hash, byte[] salt) implements PasswordHash {
    private static final int BYTES = 20;

    @Override
    public boolean matches(String password) {
      try {
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        sha1.update(password.getBytes(UTF_8));
        return MessageDigest.isEqual(sha1.digest(salt), hash);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-1", e);
      }
    }

    @Override
    public boolean slow() {
      return false;
    }

    @Override
    public String toString() {
      return "Sha1";
    }
  }

  /** A password in the clear, of which the digest is kept. */
  record Plain(Digest digest) implements PasswordHash {
    @Override
    public boolean matches(String password) {
      return Digest.of(password).equals(digest);
    }

    @Override
    public boolean slow() {
      return false;
    }
  }
}
