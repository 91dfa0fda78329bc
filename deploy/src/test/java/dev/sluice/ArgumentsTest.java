package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.Command.Help;
import dev.sluice.Command.Misused;
import dev.sluice.Command.PrintConfig;
import dev.sluice.Command.Run;
import dev.sluice.Command.Sources;
import dev.sluice.Command.Validate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

  @Test
  void nothingRunsTheEmbeddedConfiguration() {
    Run run = assertInstanceOf(Run.class, parse());
    assertTrue(run.sources().embedded());
    assertEquals(Duration.ofSeconds(30), run.shutdownTimeout());
  }

  @Test
  void configurationsAndAssignmentsKeepTheirOrder() {
    assertEquals(
        new Run(
            new Sources(List.of("a.yaml", "b.yaml"), List.of("x.y=1", "x.z=a,b")),
            List.of(),
            "",
            Duration.ofSeconds(30)),
        parse("--config=a.yaml", "--set", "x.y=1", "--config", "b.yaml", "--set=x.z=a,b"));
  }

  @Test
  void optionsStandBeforeOrAfterTheCommand() {
    Validate expected = new Validate(new Sources(List.of("a.yaml", "b.yaml"), List.of()));
    assertEquals(expected, parse("validate", "--config", "a.yaml", "--config", "b.yaml"));
    assertEquals(expected, parse("--config", "a.yaml", "validate", "--config", "b.yaml"));
  }

  @Test
  void printConfigHidesSecretsUnlessAskedNotTo() {
    assertTrue(assertInstanceOf(PrintConfig.class, parse("print-config")).redacted());
    assertEquals(
        new PrintConfig(new Sources(List.of(), List.of()), false),
        parse("print-initial-config", "--mode", "unredacted", "--format=yaml"));
  }

  @Test
  void shutdownTimeoutComesFromTheOptionThenTheVariable() {
    Arguments arguments = new Arguments(Map.of(Arguments.SHUTDOWN_TIMEOUT_VARIABLE, "5s")::get);
    assertEquals(
        Duration.ofSeconds(5), assertInstanceOf(Run.class, arguments.parse()).shutdownTimeout());
    assertEquals(
        Duration.ofMinutes(1),
        assertInstanceOf(Run.class, arguments.parse("--shutdown-timeout=1m")).shutdownTimeout());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--confg=a.yaml",
        "validat",
        "--shutdown-timeout=soon",
        "print-config --mode=naked",
        "print-config --format=json",
        "validate --shutdown-timeout=1s",
        "--config"
      })
  void nonsenseIsMisuse(String line) {
    Misused misused = assertInstanceOf(Misused.class, parse(line.split(" ")));
    assertTrue(!misused.reason().isBlank());
  }

  @Test
  void helpTellsCommandsOptionsAndExamples() {
    Help help = assertInstanceOf(Help.class, parse("--help"));
    for (String word :
        List.of("validate", "components", "print-config", "health", "--config", "--set", "Exit")) {
      assertTrue(help.text().contains(word), word);
    }
    assertTrue(assertInstanceOf(Help.class, parse("health", "-h")).text().contains("--ready"));
  }

  private static Command parse(String... arguments) {
    return new Arguments(name -> null).parse(arguments);
  }
}
