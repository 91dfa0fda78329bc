package dev.sluice.exporters.loki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RawCacheTest {
  @Test
  void findsByTheBytesAndNotByWhereTheyAre() {
    RawCache<String> cache = new RawCache<>(10, 1000);
    cache.put(new byte[] {9, 1, 2, 3, 9}, 1, 3, "found");

    assertEquals("found", cache.get(new byte[] {1, 2, 3}, 0, 3));
    assertNull(cache.get(new byte[] {1, 2, 3}, 0, 2));
    assertNull(cache.get(new byte[] {1, 2, 4}, 0, 3));
    assertNull(cache.get(new byte[] {}, 0, 0));
  }

  @Test
  void tellsApartKeysWithOneHash() {
    // A hash of 32 bits has collisions among this many keys, whatever it is.
    Map<Integer, byte[]> byHash = new HashMap<>();
    byte[] first = {};
    byte[] second = {};
    for (long i = 0; second.length == 0; i++) {
      byte[] key = ByteBuffer.allocate(8).putLong(i).array();
      byte[] earlier = byHash.put(RawHash.of(key, 0, key.length), key);
      if (earlier != null) {
        first = earlier;
        second = key;
      }
    }
    RawCache<String> cache = new RawCache<>(10, 1000);
    cache.put(first, 0, 8, "first");

    assertNull(cache.get(second, 0, 8));
    cache.put(second, 0, 8, "second");
    assertEquals("first", cache.get(first, 0, 8));
    assertEquals("second", cache.get(second, 0, 8));
  }

  @Test
  void growsAndSaysWhenItIsFull() {
    RawCache<Integer> cache = new RawCache<>(1000, 100_000);
    for (int i = 0; i < 1000; i++) {
      assertFalse(cache.isFull());
      cache.put(ByteBuffer.allocate(4).putInt(i).array(), 0, 4, i);
    }
    assertTrue(cache.isFull());
    for (int i = 0; i < 1000; i++) {
      assertEquals(i, cache.get(ByteBuffer.allocate(4).putInt(i).array(), 0, 4));
    }
    cache.clear();
    assertEquals(0, cache.size());
    assertNull(cache.get(new byte[4], 0, 4));
  }

  @Test
  void isFullByBytesToo() {
    RawCache<Integer> cache = new RawCache<>(1000, 100);
    cache.put(new byte[100], 0, 100, 1);

    assertTrue(cache.isFull());
  }
}
