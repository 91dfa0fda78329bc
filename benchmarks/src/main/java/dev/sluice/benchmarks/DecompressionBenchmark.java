package dev.sluice.benchmarks;

import com.github.luben.zstd.ZstdInputStream;
import dev.sluice.benchmarks.payload.Payloads;
import dev.sluice.exporters.http.Body;
import dev.sluice.exporters.http.Compression;
import dev.sluice.exporters.http.Compressor;
import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.MemoryBudget;
import dev.sluice.receivers.compression.Decompression;
import dev.sluice.receivers.compression.DecompressionException;
import dev.sluice.receivers.compression.Encoding;
import dev.sluice.receivers.limits.Reservation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one span costs to decompress, bounded and into an array of its own, against the stream
 * classes and Netty's snappy, which bound nothing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class DecompressionBenchmark {
  private static final int SPANS = 100;
  private static final int BYTES_MAX = 4 << 20;

  @Param({"GZIP", "ZSTD", "SNAPPY"})
  public Encoding encoding = Encoding.GZIP;

  private final MemoryBudget memory = new MemoryBudget(Long.MAX_VALUE);
  private final Snappy netty = new Snappy();
  private byte[] body = new byte[0];

  @Setup
  public void compress() {
    byte[] request = new Payloads(42, SPANS).next(Signal.TRACES);
    try (Compressor compressor =
        new Compressor(Compression.valueOf(encoding.name()), Compressor.DEFAULT_LEVEL)) {
      body = compressor.compress(Body.of(request)).toByteArray();
    }
  }

  /** As the receivers do it. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public byte[] decompress() throws DecompressionException {
    Reservation reservation = new Reservation(memory);
    try {
      return Decompression.decompress(encoding, body, BYTES_MAX, reservation);
    } finally {
      reservation.release();
    }
  }

  /** GZIPInputStream, ZstdInputStream, Netty's Snappy. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public byte[] library() throws IOException {
    return switch (encoding) {
      case GZIP -> all(new GZIPInputStream(new ByteArrayInputStream(body)));
      case ZSTD -> all(new ZstdInputStream(new ByteArrayInputStream(body)));
      case SNAPPY -> snappyByNetty();
      case IDENTITY, ZLIB -> body;
    };
  }

  private static byte[] all(InputStream stream) throws IOException {
    try (stream) {
      return stream.readAllBytes();
    }
  }

  private byte[] snappyByNetty() {
    ByteBuf out = Unpooled.buffer(body.length);
    netty.reset();
    netty.decode(Unpooled.wrappedBuffer(body), out);
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }
}
