package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options of {@code jvm.options}, with start-up caches that do not fit. */
class JvmOptionsTest {
  @TempDir private Path folder;

  @Test
  void aBrokenCacheIsPassedOverInSilence() throws Exception {
    Path cache = Files.writeString(folder.resolve("broken.aot"), "no cache");
    assertEquals("sluice version " + Resources.version() + "\n", version(cache));
  }

  @Test
  void aMissingCacheIsPassedOverInSilence() throws Exception {
    Path cache = folder.resolve("missing.aot");
    assertEquals("sluice version " + Resources.version() + "\n", version(cache));
  }

  /** What the program writes, to either stream. */
  private String version(Path cache) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("jvm.options").toAbsolutePath(),
                "-XX:AOTCache=" + cache,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sluice.Main",
                "--version")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      process.waitFor(60, TimeUnit.SECONDS);
      return Files.readString(output, StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly();
    }
  }
}
