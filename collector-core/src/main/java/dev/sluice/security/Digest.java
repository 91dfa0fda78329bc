package dev.sluice.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a secret, which stands for it: to be compared, and kept in memory in its place.
 * Immutable.
 *
 * <p>Equality takes the same time wherever the first difference is, and whatever the lengths were.
 */
public final class Digest {
  private final byte[] bytes;

  private Digest(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Of a text. */
  public static Digest of(String secret) {
    return of(secret.getBytes(UTF_8));
  }

  /** Of several pieces, one after the other. */
  public static Digest of(byte[]... pieces) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (byte[] piece : pieces) {
        sha256.update(piece);
      }
      return new Digest(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Digest digest && MessageDigest.isEqual(bytes, digest.bytes);
  }

  /** The first bytes, which are as good as any. */
  @Override
  public int hashCode() {
    return bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
  }

  /** Nothing of what it is of. */
  @Override
  public String toString() {
    return "Digest";
  }
}
