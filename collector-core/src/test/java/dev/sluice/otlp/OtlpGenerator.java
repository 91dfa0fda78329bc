package dev.sluice.otlp;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes random OTLP requests as bytes, the same for the same seed: every field of the proto in any
 * order, repeated where it may be, edge numbers, packed and unpacked, varints longer than they need
 * to be, unknown fields. What {@link #request} makes is valid; what {@link #mutated} makes may not
 * be. Not thread-safe.
 */
public final class OtlpGenerator {
  private static final String[] TEXTS = {
    "",
    "a",
    "service.name",
    "http.request.method",
    "checkout",
    "한국어 로그",
    "żółć",
    "𝄞 clef",
    "line\nbreak\t\"quoted\" \\ \u0000",
    "0123456789abcdef0123456789abcdef",
    "\uFFFF\u0080\u07FF"
  };
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    127,
    128,
    255,
    300,
    16_384,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1_544_712_660_300_000_000L
  };
  private static final double[] DOUBLES = {
    0,
    -0.0,
    1,
    -1.5,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    0.1,
    1e300,
    123_456_789.125
  };

  /** Messages in one request, about, so that most are small and some are not. */
  private static final int MESSAGES_MAX = 120;

  private static final int DEPTH_MAX = 100;

  private final RandomGenerator random;
  private final boolean unknownFields;
  private int budget;

  public OtlpGenerator(long seed) {
    this(seed, true);
  }

  /** A generator that adds {@code unknownFields}, or not. */
  public OtlpGenerator(long seed, boolean unknownFields) {
    this(new SplittableRandom(seed), unknownFields);
  }

  /** A generator that makes its choices by {@code random}. */
  public OtlpGenerator(RandomGenerator random, boolean unknownFields) {
    this.random = random;
    this.unknownFields = unknownFields;
  }

  /** A valid request of any size and shape, perhaps without items. */
  public byte[] request(Signal signal) {
    budget = 1 + random.nextInt(MESSAGES_MAX);
    return message(descriptor(signal), 0);
  }

  /** A valid request with at least one item. */
  public Telemetry telemetry(Signal signal) {
    Telemetry telemetry;
    do {
      telemetry = Telemetry.parse(signal, request(signal));
    } while (telemetry.items() == 0);
    return telemetry;
  }

  /** A copy of {@code valid} with one small change, or with four. */
  public byte[] mutated(byte[] valid) {
    byte[] bytes = valid.clone();
    int changes = random.nextInt(4) == 0 ? 4 : 1;
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      bytes = mutatedOnce(bytes);
    }
    return bytes;
  }

  /** A number from 0 to below {@code bound}. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** The generated class's descriptor of the request that carries {@code signal}. */
  static Descriptor descriptor(Signal signal) {
    return switch (signal) {
      case TRACES -> ExportTraceServiceRequest.getDescriptor();
      case METRICS -> ExportMetricsServiceRequest.getDescriptor();
      case LOGS -> ExportLogsServiceRequest.getDescriptor();
    };
  }

  private byte[] mutatedOnce(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(6)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> bytes[at] = (byte) (0x80 | bytes[at]);
      case 3 -> {
        return slice(bytes, 0, at);
      }
      case 4 -> {
        return join(
            slice(bytes, 0, at), slice(bytes, Math.min(at + 1, bytes.length), bytes.length));
      }
      default -> {
        byte[] some = new byte[1 + random.nextInt(3)];
        random.nextBytes(some);
        return join(join(slice(bytes, 0, at), some), slice(bytes, at, bytes.length));
      }
    }
    return bytes;
  }

  private byte[] message(Descriptor type, int depth) {
    budget--;
    WireWriter out = new WireWriter(64);
    List<FieldDescriptor> fields = type.getFields();
    // Envelopes lead somewhere more often than chance would have it.
    int count = depth < 5 ? 1 + random.nextInt(5) : random.nextInt(2 + fields.size());
    @Nullable FieldDescriptor member = null;
    boolean value = false;
    for (int i = 0; i < count; i++) {
      if (unknownFields && random.nextInt(24) == 0) {
        unknownField(out, type);
        continue;
      }
      FieldDescriptor field = fields.get(random.nextInt(fields.size()));
      if (!mayFollow(field, member) || (value && isSingularValue(field))) {
        continue;
      }
      value |= isSingularValue(field);
      member = field.getRealContainingOneof() == null ? member : field;
      if (!isMessage(field) || (budget > 0 && depth < DEPTH_MAX)) {
        field(out, field, depth);
      }
    }
    return out.toByteArray();
  }

  private void field(WireWriter out, FieldDescriptor field, int depth) {
    if (field.isPacked() && random.nextInt(4) > 0) {
      WireWriter packed = new WireWriter(64);
      for (int i = random.nextInt(6); i > 0; i--) {
        number(packed, field);
      }
      lengthDelimited(out, field.getNumber(), packed.toByteArray());
      return;
    }
    switch (field.getType()) {
      case MESSAGE ->
          lengthDelimited(out, field.getNumber(), message(field.getMessageType(), depth + 1));
      case STRING -> lengthDelimited(out, field.getNumber(), text());
      case BYTES -> lengthDelimited(out, field.getNumber(), bytes(field.getName()));
      default -> {
        tag(out, field.getNumber(), field.getLiteType().getWireType());
        number(out, field);
      }
    }
  }

  private void number(WireWriter out, FieldDescriptor field) {
    long number = NUMBERS[random.nextInt(NUMBERS.length)];
    if (random.nextInt(3) == 0) {
      number = random.nextLong() >> random.nextInt(64);
    }
    switch (field.getType()) {
      case DOUBLE -> out.rawFixed64(Double.doubleToRawLongBits(float64()));
      case FIXED64, SFIXED64 -> out.rawFixed64(number);
      case FIXED32 -> {
        for (int shift = 0; shift < 32; shift += 8) {
          out.rawByte((int) (number >>> shift));
        }
      }
      case ENUM -> varint(out, random.nextInt(3) == 0 ? (int) number : random.nextInt(25));
      default -> varint(out, number);
    }
  }

  private double float64() {
    return random.nextInt(3) == 0
        ? DOUBLES[random.nextInt(DOUBLES.length)]
        : random.nextDouble() * random.nextInt(100_000);
  }

  private byte[] text() {
    String text = TEXTS[random.nextInt(TEXTS.length)];
    if (random.nextInt(40) == 0) {
      text = text.repeat(random.nextInt(30));
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] bytes(String name) {
    int length =
        switch (name) {
          case "trace_id" -> 16;
          case "span_id", "parent_span_id" -> 8;
          default -> random.nextInt(12);
        };
    byte[] bytes = new byte[random.nextInt(5) == 0 ? 0 : length];
    random.nextBytes(bytes);
    return bytes;
  }

  private void unknownField(WireWriter out, Descriptor type) {
    int number = 17 + random.nextInt(random.nextBoolean() ? 40 : (1 << 29) - 17);
    if (type.findFieldByNumber(number) != null) {
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> {
        tag(out, number, WireReader.VARINT);
        varint(out, random.nextLong());
      }
      case 1 -> out.fixed64(number, random.nextLong());
      case 2 -> out.fixed32(number, random.nextInt());
      default -> {
        byte[] any = new byte[random.nextInt(9)];
        random.nextBytes(any);
        lengthDelimited(out, number, any);
      }
    }
  }

  private void lengthDelimited(WireWriter out, int field, byte[] bytes) {
    tag(out, field, WireReader.LEN);
    varint(out, bytes.length);
    out.raw(bytes, 0, bytes.length);
  }

  private void tag(WireWriter out, int field, int wireType) {
    varint(out, (long) field << 3 | wireType);
  }

  /** Writes a varint, now and then in more bytes than it needs. */
  private void varint(WireWriter out, long value) {
    if (random.nextInt(60) > 0) {
      out.rawVarint(value);
      return;
    }
    int size = WireWriter.varintSize(value);
    int padded = size + random.nextInt(11 - size);
    for (int i = 0; i < padded - 1; i++) {
      out.rawByte((int) (value >>> (7 * i)) | 0x80);
    }
    out.rawByte((int) (value >>> (7 * (padded - 1))) & 0x7f);
  }

  /** Merging two of these runs into what is said at {@link #mayFollow}. */
  private static boolean isSingularValue(FieldDescriptor field) {
    return isMessage(field)
        && !field.isRepeated()
        && field.getMessageType().getName().equals("AnyValue");
  }

  private static boolean isMessage(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
  }

  /**
   * Whether a field may come after a member of a oneof. The data of a metric may not be given
   * twice. Of other oneofs a lower member may come after a higher one and not the other way round,
   * because protobuf-java, against the rule, keeps what a message member was when others came
   * between.
   */
  private static boolean mayFollow(FieldDescriptor field, @Nullable FieldDescriptor member) {
    if (field.getRealContainingOneof() == null || member == null) {
      return true;
    }
    return !field.getRealContainingOneof().getName().equals("data")
        && field.getNumber() <= member.getNumber();
  }

  private static byte[] slice(byte[] bytes, int start, int end) {
    byte[] slice = new byte[end - start];
    System.arraycopy(bytes, start, slice, 0, slice.length);
    return slice;
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = new byte[first.length + second.length];
    System.arraycopy(first, 0, joined, 0, first.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
