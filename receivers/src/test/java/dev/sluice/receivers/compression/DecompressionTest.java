package dev.sluice.receivers.compression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import dev.sluice.pipeline.MemoryBudget;
import dev.sluice.receivers.compression.DecompressionException.Reason;
import dev.sluice.receivers.limits.Reservation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * What senders compress is taken in full or refused. "Reliability test 30" with {@link BombTest};
 * and "Reliability test 40", all of it with {@code -Dsluice.reliability.rounds=100000}.
 */
class DecompressionTest {
  private static final int ROUNDS = Integer.getInteger("sluice.reliability.rounds", 2000);

  private static final int BYTES_MAX = 1 << 20;

  private final MemoryBudget memory = new MemoryBudget(8 << 20);
  private final Reservation reservation = new Reservation(memory);

  @AfterEach
  void givesEverythingBack() {
    reservation.release();
    assertEquals(0, memory.heldBytes());
  }

  @ParameterizedTest
  @EnumSource
  void givesBackWhatWasCompressed(Compressed how) throws Exception {
    for (int size : new int[] {0, 1, 100, 4096, 65_536, 65_537, 300_000, BYTES_MAX}) {
      byte[] body = body(size);
      assertArrayEquals(body, decompress(how, how.of(body)), how + " " + size);
    }
    assertTrue(memory.heldBytes() >= BYTES_MAX);
  }

  @ParameterizedTest
  @EnumSource
  void givesBackWhatCannotBeCompressed(Compressed how) throws Exception {
    byte[] body = new byte[200_000];
    new Random(1).nextBytes(body);
    assertArrayEquals(body, decompress(how, how.of(body)));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"ZLIB", "SNAPPY_BLOCK"})
  void readsAllOfSeveralStreamsInARow(Compressed how) throws Exception {
    byte[] joined = join(join(how.of(body(1000)), how.of(new byte[0])), how.of(body(70_000)));
    assertArrayEquals(join(body(1000), body(70_000)), decompress(how, joined));
  }

  @ParameterizedTest
  @EnumSource
  void refusesEveryTruncation(Compressed how) {
    byte[] whole = how.of(body(700));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (how == Compressed.SNAPPY_FRAMED && length == 10) {
        continue; // The stream identifier alone is a stream of nothing.
      }
      assertRefused(Reason.MALFORMED, how.encoding(), cut, BYTES_MAX);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesGarbageBehindTheEnd(Compressed how) {
    byte[] whole = how.of(body(700));
    for (String garbage : new String[] {"x", "garbage", "more garbage than a header is long"}) {
      byte[] behind = join(whole, garbage.getBytes(UTF_8));
      assertRefused(Reason.MALFORMED, how.encoding(), behind, BYTES_MAX);
    }
  }

  @ParameterizedTest
  @EnumSource
  void neverHangsOrCrashesOnAFlippedBit(Compressed how) {
    byte[] whole = how.of(body(400));
    int refused = 0;
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Reservation own = new Reservation(memory);
      try {
        Decompression.decompress(how.encoding(), flipped, BYTES_MAX, own);
      } catch (DecompressionException e) {
        refused += e.reason() == Reason.MALFORMED ? 1 : 0;
      } finally {
        own.release();
      }
    }
    assertTrue(refused > whole.length, how + " refused " + refused);
  }

  @ParameterizedTest
  @EnumSource
  void stopsAtTheLimitWhileInflating(Compressed how) throws Exception {
    byte[] bomb = how.of(new byte[BYTES_MAX + 1]);
    assertRefused(Reason.TOO_LARGE, how.encoding(), bomb, BYTES_MAX);
    assertTrue(memory.heldBytes() <= 2 * BYTES_MAX, "held " + memory.heldBytes());
    byte[] limit = new byte[BYTES_MAX];
    assertArrayEquals(limit, decompress(how, how.of(limit)));
  }

  @ParameterizedTest
  @EnumSource
  void asksTheBudgetBeforeItGrows(Compressed how) {
    MemoryBudget small = new MemoryBudget(100_000);
    Reservation held = new Reservation(small);
    DecompressionException refused =
        assertThrows(
            DecompressionException.class,
            () ->
                Decompression.decompress(
                    how.encoding(), how.of(new byte[500_000]), BYTES_MAX, held));
    assertEquals(Reason.NO_MEMORY, refused.reason());
    held.release();
    assertEquals(0, small.heldBytes());
  }

  @ParameterizedTest
  @EnumSource
  void anErrorNeverHarmsTheNextBody(Compressed how) throws Exception {
    byte[] body = body(5000);
    byte[] whole = how.of(body);
    byte[] corrupt = Arrays.copyOf(whole, whole.length - 1);
    for (int i = 0; i < ROUNDS; i++) {
      Reservation own = new Reservation(memory);
      corrupt[i % corrupt.length] ^= 1;
      assertThrows(
          DecompressionException.class,
          () -> Decompression.decompress(how.encoding(), corrupt, BYTES_MAX, own));
      corrupt[i % corrupt.length] ^= 1;
      assertArrayEquals(body, Decompression.decompress(how.encoding(), whole, BYTES_MAX, own));
      own.release();
    }
  }

  @Test
  void refusesAZstdFrameThatAsksForAHugeWindow() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZstdOutputStream out = new ZstdOutputStream(bytes).setLong(27)) {
      out.write(body(100_000));
    }
    assertRefused(Reason.MALFORMED, Encoding.ZSTD, bytes.toByteArray(), BYTES_MAX);
  }

  @Test
  void doesNotBelieveALengthThatDeflateCannotReach() throws Exception {
    byte[] gzip = Compressed.GZIP.of(body(700));
    Arrays.fill(gzip, gzip.length - 4, gzip.length, (byte) 0x7f);
    assertRefused(Reason.MALFORMED, Encoding.GZIP, gzip, BYTES_MAX);
  }

  @Test
  void doesNotBelieveASnappyLengthThatABlockCannotReach() {
    byte[] lying = {(byte) 0xff, (byte) 0xff, (byte) 0x3f, 0, 'x'};
    assertRefused(Reason.MALFORMED, Encoding.SNAPPY, lying, 64 << 20);
  }

  @Test
  void readsAGzipHeaderWithAllItsParts() throws Exception {
    byte[] plain = Compressed.GZIP.of(body(100));
    byte[] header = {0x1f, (byte) 0x8b, 8, 4 | 8 | 16 | 2, 0, 0, 0, 0, 0, 3};
    byte[] parts = {3, 0, 1, 2, 3, 'n', 0, 'c', 'c', 0};
    byte[] whole = join(header, parts);
    CRC32 crc = new CRC32();
    crc.update(whole);
    byte[] sum = {(byte) crc.getValue(), (byte) (crc.getValue() >>> 8)};
    byte[] gzip = join(join(whole, sum), Arrays.copyOfRange(plain, 10, plain.length));
    assertArrayEquals(body(100), decompress(Compressed.GZIP, gzip));
    gzip[whole.length] ^= 1;
    assertRefused(Reason.MALFORMED, Encoding.GZIP, gzip, BYTES_MAX);
  }

  @Test
  void refusesASecondStreamIdentifierThatIsNone() {
    byte[] framed = Compressed.SNAPPY_FRAMED.of(body(100));
    for (byte[] chunk : new byte[][] {{-1, 0, 0, 0}, {-1, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'X'}}) {
      assertRefused(Reason.MALFORMED, Encoding.SNAPPY, join(framed, chunk), BYTES_MAX);
    }
  }

  @Test
  void identityIsTheArrayItself() throws Exception {
    byte[] body = body(10);
    assertSame(body, Decompression.decompress(Encoding.IDENTITY, body, 1, reservation));
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, GZIP",
    "GZip, GZIP",
    "deflate, ZLIB",
    "zlib, ZLIB",
    "zstd, ZSTD",
    "snappy, SNAPPY",
    "x-snappy-framed, SNAPPY",
    "'', IDENTITY",
    "identity, IDENTITY"
  })
  void knowsTheCollectorsNames(String name, Encoding encoding) {
    assertEquals(encoding, Encoding.named(name));
  }

  @Test
  void knowsNoOther() {
    assertNull(Encoding.named("br"));
    assertNull(Encoding.named("gzip, gzip"));
  }

  private byte[] decompress(Compressed how, byte[] compressed) throws DecompressionException {
    return Decompression.decompress(how.encoding(), compressed, BYTES_MAX, reservation);
  }

  private void assertRefused(Reason reason, Encoding encoding, byte[] body, int bytesMax) {
    DecompressionException refused =
        assertThrows(
            DecompressionException.class,
            () -> Decompression.decompress(encoding, body, bytesMax, reservation));
    assertEquals(reason, refused.reason(), refused.getMessage());
  }

  private static byte[] body(int size) {
    byte[] body = new byte[size];
    Random random = new Random(size);
    for (int i = 0; i < size; i++) {
      body[i] = (byte) (i % 7 == 0 ? random.nextInt() : i / 64);
    }
    return body;
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
