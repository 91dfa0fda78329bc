package dev.sluice.exporters.loki;

import dev.sluice.otlp.Otlp;
import dev.sluice.otlp.WireReader;
import java.util.Arrays;

/**
 * A stack of {@code KeyValue} positions that are sorted by key without moving a byte. Hot path:
 * allocates only to grow. Not thread-safe.
 *
 * <p>A level of nesting takes a mark, adds, sorts, reads, and releases. Equal keys keep the order
 * in which they came.
 */
final class KeySort {
  private static final int WIDTH = 4;

  private int[] stack = new int[WIDTH * 16];
  private int top;

  int mark() {
    return top;
  }

  void release(int mark) {
    top = mark;
  }

  /** Adds the {@code KeyValue}s of {@code field} in the message that {@code reader} is at. */
  void addAll(WireReader reader, int field, WireReader scratch) {
    while (reader.next()) {
      if (reader.field() == field) {
        add(reader.enter(scratch));
      } else {
        reader.skip();
      }
    }
  }

  /** Adds the {@code KeyValue} that {@code pair} is at. */
  void add(WireReader pair) {
    if (stack.length - top < WIDTH) {
      stack = Arrays.copyOf(stack, stack.length * 2);
    }
    int keyOffset = pair.position();
    int keyLength = 0;
    int valueOffset = pair.position();
    int valueLength = 0;
    while (pair.next()) {
      if (pair.field() == Otlp.KeyValue.KEY) {
        keyLength = pair.length();
        keyOffset = pair.position() - keyLength;
      } else if (pair.field() == Otlp.KeyValue.VALUE) {
        valueLength = pair.length();
        valueOffset = pair.position() - valueLength;
      } else {
        pair.skip();
      }
    }
    stack[top] = keyOffset;
    stack[top + 1] = keyLength;
    stack[top + 2] = valueOffset;
    stack[top + 3] = valueLength;
    top += WIDTH;
  }

  int count(int mark) {
    return (top - mark) / WIDTH;
  }

  int keyOffset(int mark, int index) {
    return stack[mark + index * WIDTH];
  }

  int keyLength(int mark, int index) {
    return stack[mark + index * WIDTH + 1];
  }

  int valueOffset(int mark, int index) {
    return stack[mark + index * WIDTH + 2];
  }

  int valueLength(int mark, int index) {
    return stack[mark + index * WIDTH + 3];
  }

  /** Whether the next pair has the same key, after sorting. */
  boolean isOverridden(byte[] bytes, int mark, int index) {
    return index + 1 < count(mark) && compareKeys(bytes, mark, index, index + 1) == 0;
  }

  /** Sorts the pairs from {@code mark} on, as a heap: n log n whatever the keys are. */
  void sort(byte[] bytes, int mark) {
    int count = count(mark);
    for (int i = count / 2 - 1; i >= 0; i--) {
      sink(bytes, mark, i, count);
    }
    for (int last = count - 1; last > 0; last--) {
      swap(mark, 0, last);
      sink(bytes, mark, 0, last);
    }
  }

  private void sink(byte[] bytes, int mark, int from, int count) {
    int parent = from;
    while (true) {
      int child = parent * 2 + 1;
      if (child >= count) {
        return;
      }
      if (child + 1 < count && compare(bytes, mark, child, child + 1) < 0) {
        child++;
      }
      if (compare(bytes, mark, parent, child) >= 0) {
        return;
      }
      swap(mark, parent, child);
      parent = child;
    }
  }

  private int compare(byte[] bytes, int mark, int left, int right) {
    int byKey = compareKeys(bytes, mark, left, right);
    return byKey != 0 ? byKey : Integer.compare(valueOffset(mark, left), valueOffset(mark, right));
  }

  private int compareKeys(byte[] bytes, int mark, int left, int right) {
    int leftOffset = keyOffset(mark, left);
    int rightOffset = keyOffset(mark, right);
    return Arrays.compareUnsigned(
        bytes,
        leftOffset,
        leftOffset + keyLength(mark, left),
        bytes,
        rightOffset,
        rightOffset + keyLength(mark, right));
  }

  private void swap(int mark, int left, int right) {
    for (int i = 0; i < WIDTH; i++) {
      int leftIndex = mark + left * WIDTH + i;
      int rightIndex = mark + right * WIDTH + i;
      int held = stack[leftIndex];
      stack[leftIndex] = stack[rightIndex];
      stack[rightIndex] = held;
    }
  }
}
