package dev.sluice.receivers.compression;

import dev.sluice.receivers.compression.DecompressionException.Reason;
import dev.sluice.receivers.limits.Reservation;
import java.util.Arrays;

/**
 * Where decompressed bytes go: an array that grows up to the limit, each growth reserved before it
 * is allocated. One thread.
 */
final class Output {
  private final int bytesMax;
  private final Reservation reservation;
  private byte[] bytes = {};
  private int size;

  Output(int bytesMax, Reservation reservation) {
    this.bytesMax = bytesMax;
    this.reservation = reservation;
  }

  byte[] array() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** Free bytes of the array behind {@link #size}. */
  int room() {
    return bytes.length - size;
  }

  void advance(int written) {
    size += written;
  }

  /**
   * Makes room for what is known, or believed, to come.
   *
   * @throws DecompressionException when that passes the limit or the budget
   */
  void expect(long more) throws DecompressionException {
    if (more > room()) {
      grow(size + more);
    }
  }

  /**
   * Makes room for {@code bytes} as far as the limit allows, where nothing better than a guess is
   * known.
   *
   * @throws DecompressionException when that passes the budget
   */
  void guess(long bytes) throws DecompressionException {
    expect(Math.min(bytes, bytesMax - size));
  }

  /** Adds one byte that had no room. */
  void add(byte value) throws DecompressionException {
    expectMore(1);
    bytes[size++] = value;
  }

  void add(byte[] source, int offset, int length) throws DecompressionException {
    expectMore(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /** Makes room for {@code more}, growing in proportion so that many small ones stay cheap. */
  void expectMore(int more) throws DecompressionException {
    if (more > room()) {
      grow(Math.max(size + (long) more, Math.min(bytesMax, size * 2L)));
    }
  }

  /** The bytes, exactly. */
  byte[] take() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  private void grow(long capacity) throws DecompressionException {
    if (capacity > bytesMax) {
      throw new DecompressionException(
          Reason.TOO_LARGE,
          "request body too large: the limit is " + bytesMax + " bytes when decompressed");
    }
    if (!reservation.tryGrow(capacity - bytes.length)) {
      throw new DecompressionException(
          Reason.NO_MEMORY, "no memory for the decompressed request body");
    }
    bytes = Arrays.copyOf(bytes, (int) capacity);
  }
}
