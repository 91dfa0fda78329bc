package dev.sluice.it;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The small parts that OTLP messages are built of. */
final class Requests {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final AtomicLong LAST = new AtomicLong();

  private Requests() {}

  /** A name that no other run of the tests has used. */
  static String unique(String name) {
    return name + "-" + Long.toString(System.currentTimeMillis(), 36) + LAST.incrementAndGet();
  }

  /** Random bytes, for an id. */
  static ByteString id(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  /** Now, with nanoseconds that no millisecond has. */
  static long nanos(Instant instant) {
    return instant.toEpochMilli() * 1_000_000L + 123_457;
  }

  static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  static KeyValue attribute(String key, String value) {
    return attribute(key, text(value));
  }

  static KeyValue attribute(String key, long value) {
    return attribute(key, number(value));
  }

  static AnyValue text(String value) {
    return AnyValue.newBuilder().setStringValue(value).build();
  }

  static AnyValue number(long value) {
    return AnyValue.newBuilder().setIntValue(value).build();
  }

  static AnyValue decimal(double value) {
    return AnyValue.newBuilder().setDoubleValue(value).build();
  }

  static AnyValue bool(boolean value) {
    return AnyValue.newBuilder().setBoolValue(value).build();
  }

  static AnyValue bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(bytes)).build();
  }

  static AnyValue array(AnyValue... values) {
    ArrayValue array = ArrayValue.newBuilder().addAllValues(List.of(values)).build();
    return AnyValue.newBuilder().setArrayValue(array).build();
  }

  static AnyValue map(KeyValue... values) {
    KeyValueList list = KeyValueList.newBuilder().addAllValues(List.of(values)).build();
    return AnyValue.newBuilder().setKvlistValue(list).build();
  }

  /** A resource of namespace {@code it} and instance {@code it-1}. */
  static Resource resource(String service, KeyValue... more) {
    return Resource.newBuilder()
        .addAttributes(attribute("service.name", service))
        .addAttributes(attribute("service.namespace", "it"))
        .addAttributes(attribute("service.instance.id", "it-1"))
        .addAllAttributes(List.of(more))
        .build();
  }
}
