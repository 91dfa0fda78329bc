package dev.sluice.benchmarks.payload;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** What the three signals share: attributes, resources, scopes, random ids and routes. */
final class Attributes {
  private static final List<String> SERVICES = List.of("checkout", "cart", "payment", "frontend");
  static final List<String> ROUTES =
      List.of(
          "/api/v1/cart/{id}",
          "/api/v1/orders",
          "/api/v1/products/{sku}",
          "/healthz",
          "/api/v1/pay");

  private Attributes() {}

  static KeyValue text(String key, String value) {
    return attribute(key, AnyValue.newBuilder().setStringValue(value));
  }

  static KeyValue integer(String key, long value) {
    return attribute(key, AnyValue.newBuilder().setIntValue(value));
  }

  private static KeyValue attribute(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  /** The resources of two different services. */
  static List<Resource> twoResources(Random random) {
    int first = random.nextInt(SERVICES.size());
    int second = (first + 1 + random.nextInt(SERVICES.size() - 1)) % SERVICES.size();
    return List.of(resource(SERVICES.get(first), random), resource(SERVICES.get(second), random));
  }

  static Resource resource(String service, Random random) {
    return Resource.newBuilder()
        .addAttributes(text("service.name", service))
        .addAttributes(text("service.namespace", "shop"))
        .addAttributes(text("service.instance.id", hex(random, 16)))
        .addAttributes(text("service.version", "2.31." + random.nextInt(9)))
        .addAttributes(text("deployment.environment.name", "production"))
        .addAttributes(text("host.name", "node-%03d".formatted(random.nextInt(200))))
        .addAttributes(text("os.type", "linux"))
        .addAttributes(integer("process.pid", 1 + random.nextInt(40_000)))
        .addAttributes(text("telemetry.sdk.language", "python"))
        .addAttributes(text("telemetry.sdk.name", "opentelemetry"))
        .addAttributes(text("telemetry.sdk.version", "1.38.0"))
        .addAttributes(text("container.id", hex(random, 32)))
        .build();
  }

  static InstrumentationScope scope(String name) {
    return InstrumentationScope.newBuilder().setName(name).setVersion("0.59b0").build();
  }

  static ByteString bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  static String hex(Random random, int length) {
    return HexFormat.of().formatHex(bytes(random, length).toByteArray());
  }

  static <T> T choose(Random random, List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
