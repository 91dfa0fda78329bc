package dev.sluice.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/**
 * The SDKs of other languages, from their public packages, unchanged: Python's over gRPC and
 * HTTP/protobuf, and Node's, which speaks OTLP/JSON. They are installed into a folder on first use;
 * where that is not possible the test is skipped, loudly.
 */
enum ScriptedSdk implements Sdk {
  PYTHON_GRPC {
    @Override
    List<String> command(SluiceProcess sluice, String service) {
      return List.of(python(), "src/test/python/sdk_sample.py", "grpc", sluice.grpc(), service);
    }
  },
  PYTHON_HTTP {
    @Override
    List<String> command(SluiceProcess sluice, String service) {
      return List.of(python(), "src/test/python/sdk_sample.py", "http", sluice.http(), service);
    }
  },
  NODE_JSON {
    @Override
    List<String> command(SluiceProcess sluice, String service) {
      return List.of("node", node().toString(), sluice.http(), service);
    }
  };

  private static final String PYTHON_VERSION = "1.45.2";
  private static final int SECONDS_MAX = 60;
  private static final int INSTALL_SECONDS_MAX = 300;

  abstract List<String> command(SluiceProcess sluice, String service);

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String send(SluiceProcess sluice, String service) {
    Ran ran = run(command(sluice, service), Path.of("."), SECONDS_MAX);
    Assertions.assertEquals(0, ran.status(), () -> this + " failed:\n" + ran.output());
    String last = ran.output().strip().lines().toList().getLast();
    Assertions.assertTrue(last.matches("[0-9a-f]{32}"), () -> this + " said:\n" + ran.output());
    return last;
  }

  private static Path cache() {
    String folder = Backends.environment("SLUICE_IT_CACHE");
    return (folder.isEmpty() ? Path.of("target/it-sdks") : Path.of(folder)).toAbsolutePath();
  }

  private static synchronized String python() {
    Path home = cache().resolve("python-" + PYTHON_VERSION);
    Path python = home.resolve("bin/python");
    Path done = home.resolve("installed");
    if (!Files.exists(done)) {
      install(List.of("python3", "-m", "venv", home.toString()), Path.of("."));
      install(
          List.of(
              python.toString(),
              "-m",
              "pip",
              "install",
              "--quiet",
              "--disable-pip-version-check",
              "opentelemetry-sdk==" + PYTHON_VERSION,
              "opentelemetry-exporter-otlp-proto-grpc==" + PYTHON_VERSION,
              "opentelemetry-exporter-otlp-proto-http==" + PYTHON_VERSION),
          Path.of("."));
      touch(done);
    }
    return python.toString();
  }

  private static synchronized Path node() {
    Path home = cache().resolve("node");
    try {
      Files.createDirectories(home);
      boolean sameAsBefore =
          Files.exists(home.resolve("installed"))
              && Files.mismatch(Path.of("src/test/node/package.json"), home.resolve("package.json"))
                  < 0;
      for (String file : List.of("package.json", "sdk-sample.js")) {
        Files.copy(
            Path.of("src/test/node", file),
            home.resolve(file),
            StandardCopyOption.REPLACE_EXISTING);
      }
      if (!sameAsBefore) {
        install(List.of("npm", "install", "--silent", "--no-audit", "--no-fund"), home);
        touch(home.resolve("installed"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return home.resolve("sdk-sample.js");
  }

  private static void install(List<String> command, Path folder) {
    Ran ran = run(command, folder, INSTALL_SECONDS_MAX);
    if (ran.status() != 0) {
      Evidence.show("%s", ran.output());
      Backends.missing("this cannot be run: " + String.join(" ", command), Backends.required());
    }
  }

  private static void touch(Path file) {
    try {
      Files.writeString(file, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Ran(int status, String output) {}

  /** Runs a command; a program that is not there ends with 127, as in a shell. */
  private static Ran run(List<String> command, Path folder, int secondsMax) {
    try {
      Path output = Files.createTempFile("it", ".log");
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(secondsMax, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      String text = Files.readString(output);
      Files.delete(output);
      return new Ran(process.exitValue(), text);
    } catch (IOException e) {
      return new Ran(127, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
