package dev.sluice.benchmarks.load;

import dev.sluice.otlp.Signal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How requests reach the collector, written {@code SIGNAL-TRANSPORT[-json|-gzip|-zstd]}: {@code
 * traces-grpc}, {@code logs-http-gzip}, {@code traces-http-json}.
 */
public record LoadCase(Signal signal, Transport transport, Body body) {
  /** The two transports of OTLP. */
  public enum Transport {
    GRPC,
    HTTP
  }

  /**
   * What a request is. What is compressed is so before the run: its ids and times do not change.
   */
  public enum Body {
    PROTOBUF,
    JSON,
    GZIP,
    ZSTD
  }

  public LoadCase {
    if (transport == Transport.GRPC && body == Body.JSON) {
      throw new IllegalArgumentException("OTLP over gRPC has no JSON");
    }
    if (signal == Signal.METRICS && body == Body.JSON) {
      throw new IllegalArgumentException("there is no JSON load of metrics");
    }
  }

  /**
   * The case of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static LoadCase named(String name) {
    List<String> words = Arrays.asList(name.toUpperCase(Locale.ROOT).split("-", -1));
    if (words.size() < 2 || words.size() > 3) {
      throw new IllegalArgumentException(
          "expected SIGNAL-TRANSPORT[-json|-gzip|-zstd], got " + name);
    }
    Body body = words.size() == 3 ? Body.valueOf(words.get(2)) : Body.PROTOBUF;
    return new LoadCase(Signal.valueOf(words.get(0)), Transport.valueOf(words.get(1)), body);
  }

  public String label() {
    String suffix = body == Body.PROTOBUF ? "" : "-" + body;
    return (signal + "-" + transport + suffix).toLowerCase(Locale.ROOT);
  }

  /** Whether each request gets new ids, so that what was delivered can be checked. */
  public boolean hasIds() {
    return !isCompressed();
  }

  /** Whether bodies are compressed. */
  public boolean isCompressed() {
    return body == Body.GZIP || body == Body.ZSTD;
  }

  /** The name of the compression, as headers say it. */
  public String encoding() {
    return body.name().toLowerCase(Locale.ROOT);
  }
}
