package dev.sluice.receivers.compression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.sluice.pipeline.MemoryBudget;
import dev.sluice.receivers.compression.DecompressionException.Reason;
import dev.sluice.receivers.limits.Reservation;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bodies that are made to be small when they are sent and large when they are read. "Reliability
 * test 30": each is refused with memory below the limit, or taken in full, never in part. The rest
 * of it is in {@link DecompressionTest}.
 */
@Timeout(60)
class BombTest {
  private static final int BYTES_MAX = 20 << 20;

  /** The array grows by doubling, so that for a moment there are the old and the new one. */
  private static final int ALLOCATED_MAX = 3 * BYTES_MAX;

  private final MemoryBudget memory = new MemoryBudget(1L << 30);
  private Reservation reservation = new Reservation(memory);
  private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @AfterEach
  void givesEverythingBack() {
    reservation.release();
    assertEquals(0, memory.heldBytes());
  }

  @ParameterizedTest
  @EnumSource
  void refusesABombOfAThousandTimesItsSizeWithinTheLimit(Compressed how) {
    byte[] bomb = how.of(new byte[64 << 20]);
    refused(Reason.TOO_LARGE, how.encoding(), bomb);
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 27, 30, 31, 32, 41})
  void refusesAZstdFrameForTheWindowThatItAsksFor(int windowLog) {
    // Magic, a header that tells no size, the window, one last raw block of a byte.
    int window = (windowLog - 10) << 3;
    byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) window, 9, 0, 0, 'x'};
    refused(Reason.MALFORMED, Encoding.ZSTD, frame);
  }

  @Test
  void refusesAZstdFrameForTheSizeThatItClaims() {
    for (long claim : new long[] {BYTES_MAX + 1L, 0xffff_ffffL, Long.MAX_VALUE}) {
      ByteBuffer frame = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN);
      frame.putInt(0xfd2fb528).put((byte) 0xe0).putLong(claim);
      frame.put(new byte[] {9, 0, 0, 'x', 0});
      refused(Reason.TOO_LARGE, Encoding.ZSTD, frame.array());
    }
  }

  @Test
  void refusesAGzipMemberThatLiesOfItsLength() {
    byte[] member = Compressed.GZIP.of(new byte[100_000]);
    for (int claim : new int[] {0, 99_999, 100_001, BYTES_MAX, -1}) {
      ByteBuffer.wrap(member)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(member.length - Integer.BYTES, claim);
      refused(Reason.MALFORMED, Encoding.GZIP, member);
    }
  }

  @Test
  void takesOneLayerOffAndNeverTheNext() throws DecompressionException {
    byte[] inner = Compressed.GZIP.of(new byte[100 << 20]);
    byte[] outer = Compressed.GZIP.of(inner);
    assertArrayEquals(inner, decompress(Encoding.GZIP, outer));
    assertTrue(memory.heldBytes() < 1 << 20, "the inner bomb went off");
  }

  @Test
  void takesAMillionEmptyMembersForNothingInTime() throws DecompressionException {
    byte[] empty = Compressed.GZIP.of(new byte[0]);
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int i = 0; i < 1_000_000; i++) {
      members.writeBytes(empty);
    }
    assertEquals(0, decompress(Encoding.GZIP, members.toByteArray()).length);
  }

  @Test
  void theLimitIsForAllMembersTogether() {
    byte[] half = Compressed.GZIP.of(new byte[BYTES_MAX / 2 + 1]);
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.writeBytes(half);
    members.writeBytes(half);
    refused(Reason.TOO_LARGE, Encoding.GZIP, members.toByteArray());
  }

  private void refused(Reason reason, Encoding encoding, byte[] body) {
    long before = thread.getCurrentThreadAllocatedBytes();
    DecompressionException refusal =
        assertThrows(DecompressionException.class, () -> decompress(encoding, body));
    long allocated = thread.getCurrentThreadAllocatedBytes() - before;
    assertEquals(reason, refusal.reason(), refusal.getMessage());
    assertTrue(allocated <= ALLOCATED_MAX, () -> "allocated " + allocated);
    assertTrue(memory.heldBytes() <= BYTES_MAX, () -> "held " + memory.heldBytes());
    reservation.release();
    reservation = new Reservation(memory);
  }

  private byte[] decompress(Encoding encoding, byte[] body) throws DecompressionException {
    return Decompression.decompress(encoding, body, BYTES_MAX, reservation);
  }
}
