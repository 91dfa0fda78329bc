package dev.sluice.receivers.http;

import dev.sluice.pipeline.MemoryBudget;
import dev.sluice.receivers.limits.Reservation;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The body of one request as it arrives. Event loop only.
 *
 * <p>A body of a declared length up to {@link #TRUSTED_BYTES} is copied once, into an array of that
 * length. Of a longer one only so much is set aside at first: the rest when a sixteenth of it has
 * really come, so that declaring costs a sender as much as it costs us. Every byte is reserved
 * before its array exists.
 */
final class Body {
  private static final int TRUSTED_BYTES = 64 << 10;
  private static final int CHUNKED_BYTES_INITIAL = 8 << 10;
  private static final int DECLARED_GROWTH = 16;
  private static final int CHUNKED_GROWTH = 4;

  /** What became of adding bytes. */
  enum Added {
    YES,
    TOO_LARGE,
    NO_MEMORY
  }

  private final Reservation reservation;
  private final long declared;
  private final int bytesMax;
  private byte[] bytes = {};
  private int size;

  /**
   * @param declared the length that the sender declared, at most the limit; negative when none
   * @param limit the most that is taken
   */
  Body(MemoryBudget memory, long declared, int limit) {
    this.reservation = new Reservation(memory);
    this.declared = declared;
    this.bytesMax = declared < 0 ? limit : (int) declared;
  }

  /** Sets aside room for a declared length. */
  boolean tryExpect() {
    return declared <= 0 || tryGrow((int) Math.min(declared, TRUSTED_BYTES));
  }

  Added tryAdd(ByteBuf content) {
    int length = content.readableBytes();
    if (length > bytesMax - size) {
      return Added.TOO_LARGE;
    }
    if (length > bytes.length - size && !tryGrow(grown(size + length))) {
      return Added.NO_MEMORY;
    }
    content.readBytes(bytes, size, length);
    size += length;
    return Added.YES;
  }

  /** The body, exactly; call once, at its end. */
  byte[] take() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  /** What holds it in the memory budget. */
  Reservation reservation() {
    return reservation;
  }

  /** Forgets it. */
  void release() {
    reservation.release();
  }

  private int grown(int needed) {
    int growth = declared < 0 ? CHUNKED_GROWTH : DECLARED_GROWTH;
    long wanted = Math.max(Math.max(CHUNKED_BYTES_INITIAL, needed), (long) bytes.length * growth);
    return (int) Math.min(bytesMax, wanted);
  }

  private boolean tryGrow(int capacity) {
    if (!reservation.tryGrow(capacity - bytes.length)) {
      return false;
    }
    bytes = Arrays.copyOf(bytes, capacity);
    return true;
  }
}
