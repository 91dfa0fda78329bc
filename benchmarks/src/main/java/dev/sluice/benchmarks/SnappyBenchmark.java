package dev.sluice.benchmarks;

import dev.sluice.exporters.http.Body;
import dev.sluice.exporters.http.Compression;
import dev.sluice.exporters.http.Compressor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.Snappy;
import io.netty.handler.codec.compression.SnappyFrameEncoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one span of a request costs to compress with snappy: snappy-java's, and Netty's. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class SnappyBenchmark {
  private static final int SPANS = 100;

  private final Body body = CompressorBenchmark.body(1);
  private final byte[] bytes = body.toByteArray();
  private final Compressor block = new Compressor(Compression.SNAPPY, Compressor.DEFAULT_LEVEL);
  private final Compressor framed =
      new Compressor(Compression.SNAPPY_FRAMED, Compressor.DEFAULT_LEVEL);
  private final Snappy netty = new Snappy();
  private final ByteBuf compressed = Unpooled.directBuffer(2 * bytes.length);
  private final EmbeddedChannel nettyFramed = new EmbeddedChannel(new SnappyFrameEncoder());

  /** The block format, of Loki and remote write, as we write it: by snappy-java. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public Body block() {
    return block.compress(body);
  }

  /** The block format by Netty. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public ByteBuf blockByNetty() {
    netty.reset();
    netty.encode(Unpooled.wrappedBuffer(bytes), compressed.clear(), bytes.length);
    return compressed;
  }

  /** The framed format as we write it. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public Body framed() {
    return framed.compress(body);
  }

  /** The framed format by Netty. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public int framedByNetty() {
    nettyFramed.writeOutbound(Unpooled.wrappedBuffer(bytes));
    int size = 0;
    for (ByteBuf out = nettyFramed.readOutbound(); out != null; out = nettyFramed.readOutbound()) {
      size += out.readableBytes();
      out.release();
    }
    return size;
  }
}
