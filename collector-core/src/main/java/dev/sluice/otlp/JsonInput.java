package dev.sluice.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A cursor over JSON in UTF-8, for {@link PlainJson}. Hot path, measured by {@code
 * ValidatorBenchmark}: eight bytes a step where there are many, no allocation but for doubles. Not
 * thread-safe.
 *
 * <p>Strict: what RFC 8259 does not allow, and what is allowed but rare, ends in {@link
 * NotPlainException}.
 */
final class JsonInput {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_HALVES = 0xf0f0_f0f0_f0f0_f0f0L;
  private static final long ZEROS = 0x3030_3030_3030_3030L;
  private static final long SIXES = 0x0606_0606_0606_0606L;
  private static final long THREES = 0x3333_3333_3333_3333L;
  private static final long PAIRS = 0x0000_00ff_0000_00ffL;
  private static final int EIGHT_DIGITS = 100_000_000;
  private static final int LONG_DIGITS_MAX = 19;

  /** A zero byte in the text, which is not its end. */
  private static final int NUL = 1;

  private final byte[] json;
  private int at;

  JsonInput(byte[] json) {
    this.json = json;
  }

  /** The next byte that is not blank, which stays; 0 at the end. */
  int peek() {
    return at < json.length && json[at] > ' ' ? json[at] : peekAfterBlanks();
  }

  private int peekAfterBlanks() {
    while (at < json.length) {
      byte next = json[at];
      if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
        return next == 0 ? NUL : next;
      }
      at++;
    }
    return 0;
  }

  void expect(int expected) {
    if (peek() != expected) {
      throw new NotPlainException();
    }
    at++;
  }

  /** Steps over the byte when it comes next. */
  boolean take(int wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /** Steps over a comma, or over {@code close}: then there is no more. */
  boolean more(int close) {
    int next = peek();
    if (next != ',' && next != close) {
      throw new NotPlainException();
    }
    at++;
    return next == ',';
  }

  /** Steps over these bytes, whole words and perhaps one byte, when they come next. */
  boolean takeWords(Words words) {
    if (!words.isAt(json, at)) {
      return false;
    }
    at += words.length();
    return true;
  }

  void expectLiteral(String literal) {
    int end = at + literal.length();
    if (end > json.length) {
      throw new NotPlainException();
    }
    for (int i = 0; i < literal.length(); i++) {
      if (json[at + i] != literal.charAt(i)) {
        throw new NotPlainException();
      }
    }
    at = end;
  }

  /** Steps over a name and its colon; returns which it is. */
  int name(PlainNames names, int likely) {
    expect('"');
    int index = names.find(json, at, likely);
    if (index != PlainNames.NONE) {
      at += names.length(index);
      return index;
    }
    int end = asciiEnd();
    index = names.findExact(json, at, end);
    if (index == PlainNames.NONE) {
      throw new NotPlainException();
    }
    at = end + 1;
    expect(':');
    return index;
  }

  /** Where the quote is that ends a string of ASCII without escapes. */
  private int asciiEnd() {
    for (int i = at; i < json.length; i++) {
      byte next = json[i];
      if (next == '"') {
        return i;
      }
      if (next < ' ' || next == '\\') {
        break;
      }
    }
    throw new NotPlainException();
  }

  /** The string that was begun, which is of ASCII without escapes; allocates. */
  String ascii() {
    int end = asciiEnd();
    String text = new String(json, at, end - at, StandardCharsets.US_ASCII);
    at = end + 1;
    return text;
  }

  /** Which of the texts the next string is; -1 when it is none, and then it is not read. */
  int oneOf(byte[][] texts) {
    if (peek() != '"') {
      return -1;
    }
    int start = at + 1;
    for (int i = 0; i < texts.length; i++) {
      int end = start + texts[i].length;
      if (byteAt(end) == '"' && Arrays.equals(json, start, end, texts[i], 0, texts[i].length)) {
        at = end + 1;
        return i;
      }
    }
    return -1;
  }

  /** Copies the string that was begun, and ends it. */
  void copyString(WireWriter out) {
    at = JsonStrings.copy(json, at, out);
  }

  /** Copies bytes from the hexadecimal digits of the string that was begun, and ends it. */
  void copyHex(int size, WireWriter out) {
    at = JsonStrings.copyHex(json, at, size, out);
  }

  /** An integer, in quotes or not, that a long can hold. */
  long integer() {
    if (!take('"')) {
      return bareInteger();
    }
    long value = signedDigits();
    expectHere('"');
    return value;
  }

  private long bareInteger() {
    int start = at;
    long value = signedDigits();
    int first = json[start] == '-' ? start + 1 : start;
    int next = at < json.length ? json[at] : 0;
    boolean decimal = next == '.' || (next | 0x20) == 'e';
    if (decimal || (json[first] == '0' && at - first > 1)) {
      throw new NotPlainException();
    }
    return value;
  }

  private long signedDigits() {
    if (at < json.length && json[at] == '-') {
      at++;
      return -digits();
    }
    return digits();
  }

  /** Digits, eight at once: 4 % less for a span than one by one. */
  private long digits() {
    int start = at;
    long value = 0;
    while (json.length - at >= Long.BYTES && at - start <= Long.BYTES) {
      long word = (long) LONG.get(json, at);
      if (!isDigits(word)) {
        break;
      }
      value = value * EIGHT_DIGITS + eightDigits(word);
      at += Long.BYTES;
    }
    for (; at < json.length && isDigit(json[at]); at++) {
      value = value * 10 + json[at] - '0';
    }
    // 19 digits may be more than a long holds, and are then negative; 20 may be anything.
    if (at == start || at - start > LONG_DIGITS_MAX || value < 0) {
      throw new NotPlainException();
    }
    return value;
  }

  private static boolean isDigit(byte next) {
    return next >= '0' && next <= '9';
  }

  private static boolean isDigits(long word) {
    long carried = (word + SIXES) & HIGH_HALVES;
    return ((word & HIGH_HALVES) | (carried >>> 4)) == THREES;
  }

  /** The value of eight digits, the first in the lowest byte: pairs, then fours, then all. */
  private static long eightDigits(long word) {
    long digits = word - ZEROS;
    long pairs = digits * 10 + (digits >>> 8);
    long even = pairs & PAIRS;
    long odd = (pairs >>> 16) & PAIRS;
    return (even * (100 + (1_000_000L << 32)) + odd * (1 + (10_000L << 32))) >>> 32;
  }

  /** A number that is not in quotes, as a double. */
  double float64() {
    peek();
    int end = JsonDecimals.end(json, at);
    if (end == JsonDecimals.WHOLE) {
      return bareInteger();
    }
    double value = JsonDecimals.float64(json, at, end);
    at = end;
    return value;
  }

  private int byteAt(int index) {
    return index < json.length ? json[index] : 0;
  }

  private void expectHere(int expected) {
    if (!takeHere(expected)) {
      throw new NotPlainException();
    }
  }

  /** Steps over the byte when it comes next, without a blank. */
  boolean takeHere(int wanted) {
    if (byteAt(at) != wanted) {
      return false;
    }
    at++;
    return true;
  }
}
