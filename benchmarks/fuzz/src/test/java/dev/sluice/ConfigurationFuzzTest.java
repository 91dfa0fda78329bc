package dev.sluice;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.config.Config;
import dev.sluice.config.ConfigLoader;
import dev.sluice.config.Problems;
import dev.sluice.fuzz.Input;
import dev.sluice.fuzz.TimeLimit;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fuzzes the configuration, with all the components there are: whatever is wrong becomes a problem
 * with its place, and never an exception. "Reliability test 35".
 */
class ConfigurationFuzzTest {
  private static final long MEMORY_BYTES = 1L << 30;

  @FuzzTest
  void text(byte[] bytes) {
    TimeLimit.hold(bytes, ConfigurationFuzzTest::load);
  }

  /** The first byte tells whether the rest is YAML, or a value of {@code --set} in each line. */
  private static void load(byte[] bytes) {
    Input input = new Input(bytes);
    boolean assignments = input.nextBoolean();
    String text = new String(input.rest(), UTF_8);
    Problems problems = new Problems();
    ConfigLoader loader = new ConfigLoader(ConfigurationFuzzTest::variable, problems);
    Config config =
        assignments
            ? loader.load(List.of("yaml:service: {}"), List.of(text.split("\n", 8)))
            : loader.loadText("fuzz.yaml", text);
    Components components = new Components(new PrintStream(OutputStream.nullOutputStream()));
    new BlueprintReader(components, problems, MEMORY_BYTES).read(config);
    config.redacted();
    config.unredacted();
    problems.format();
  }

  private static @Nullable String variable(String name) {
    return switch (name) {
      case "SET" -> "a: [1, ${OTHER}]";
      case "OTHER" -> "x";
      case "SELF" -> "${SELF}${SELF}";
      default -> null;
    };
  }
}
