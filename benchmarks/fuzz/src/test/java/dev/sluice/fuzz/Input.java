package dev.sluice.fuzz;

import dev.sluice.otlp.OtlpGenerator;
import dev.sluice.otlp.Signal;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A fuzzer's bytes, read from the front as choices, and at last as a whole. A choice takes one
 * byte, or as many as its bound needs; behind the end all choices are 0. One thread.
 */
public final class Input implements RandomGenerator {
  private static final Signal[] SIGNALS = Signal.values();

  private final byte[] bytes;
  private int position;

  public Input(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether every byte has been read. */
  public boolean isEmpty() {
    return position >= bytes.length;
  }

  public Signal signal() {
    return SIGNALS[nextInt(SIGNALS.length)];
  }

  /** What has not been read. */
  public byte[] rest() {
    int from = Math.min(position, bytes.length);
    position = bytes.length;
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  /**
   * A request: by one choice the rest as it is, which may be malformed, else one that the generator
   * makes of the choices that are left, which is valid.
   */
  public byte[] request(Signal signal) {
    return nextBoolean() ? rest() : new OtlpGenerator(this, true).request(signal);
  }

  @Override
  public boolean nextBoolean() {
    return (one() & 1) != 0;
  }

  @Override
  public int nextInt() {
    return (int) number(Integer.BYTES);
  }

  @Override
  public int nextInt(int bound) {
    long number = number(bound <= 1 << 8 ? 1 : bound <= 1 << 16 ? 2 : Integer.BYTES);
    return (int) (number % bound);
  }

  @Override
  public long nextLong() {
    return number(Long.BYTES);
  }

  private long number(int size) {
    long number = 0;
    for (int i = 0; i < size; i++) {
      number |= (long) one() << (Byte.SIZE * i);
    }
    return number;
  }

  private int one() {
    return position < bytes.length ? bytes[position++] & 0xff : 0;
  }
}
