package dev.sluice.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrammarTest {
  private static final Option LOUD = Option.flag("Loud.", "--loud", "-l");
  private static final Option NAME = Option.text("--name", "NAME", "One.");
  private static final Option TAG = Option.list("--tag", "TAG", "Several.");
  private static final CommandSyntax SING =
      new CommandSyntax(List.of("sing", "hum"), "Sing a song.", List.of(TAG, LOUD));
  private static final Grammar GRAMMAR =
      new Grammar(
          new CommandSyntax(List.of("bird"), "A bird.", List.of(NAME, TAG, LOUD)), List.of(SING));

  @Test
  void valuesFollowTheNameOrAnEqualsSign() throws MisusedException {
    Given given = GRAMMAR.parse("--name", "a=b", "--tag=", "--tag=-x", "-l");
    assertEquals("a=b", given.one("--name", "none"));
    assertEquals(List.of("", "-x"), given.all("--tag"));
    assertTrue(given.has("--loud"));
  }

  @Test
  void aCommandHasOtherNamesAndKeepsTheProgramsOptions() throws MisusedException {
    Given given = GRAMMAR.parse("--tag=1", "hum", "--tag", "2");
    assertEquals(SING, given.command());
    assertEquals(List.of("1", "2"), given.all("--tag"));
  }

  @Test
  void aCommandMayTakeOneArgumentWithoutAName() throws MisusedException {
    CommandSyntax look =
        new CommandSyntax(List.of("look"), List.of("[TREE]"), "Look.", List.of(LOUD));
    Grammar grammar = new Grammar(GRAMMAR.program(), List.of(look));
    assertEquals("oak", grammar.parse("look", "oak", "-l").operand());
    assertEquals("", grammar.parse("look").operand());
    assertThrows(MisusedException.class, () -> grammar.parse("look", "oak", "elm"));
    assertTrue(Usage.of(grammar, look).startsWith("Usage: bird look [OPTIONS] [TREE]\n"));
  }

  @Test
  void theArgumentsOfAGroupAreLeftToAnotherGrammar() throws MisusedException {
    Grammar grammar =
        new Grammar(GRAMMAR.program(), List.of(SING, CommandSyntax.group("nest", "Nests.")));
    Given given = grammar.parse("--name", "nest", "nest", "build", "--high", "nest");
    assertEquals("nest", given.command().name());
    assertEquals(List.of("--name", "nest", "build", "--high", "nest"), given.operands());
  }

  @ParameterizedTest
  @CsvSource({
    "--name, needs a value: --name=NAME",
    "--name --loud, needs a value: --name=NAME",
    "--name=a --name=b, more than once: --name",
    "--loud=yes, takes no value: --loud",
    "--lout, unknown option: --lout",
    "song, unknown argument: song",
    "sing hum, unknown argument: hum",
    "sing --name=a, unknown option: --name=a",
    "--name=a sing, not an option of sing: --name"
  })
  void saysWhatIsWrong(String line, String reason) {
    MisusedException e = assertThrows(MisusedException.class, () -> GRAMMAR.parse(line.split(" ")));
    assertEquals(reason, e.getMessage());
  }

  @Test
  void usageNamesEveryOptionAndBreaksLongLines() {
    String description = "word ".repeat(40).strip();
    Option option = Option.text("--a-name-longer-than-its-column", "VALUE", description);
    String text = Usage.of(GRAMMAR, new CommandSyntax(List.of("x"), "X.", List.of(option, LOUD)));
    assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
    assertTrue(text.contains("\n  --a-name-longer-than-its-column=VALUE\n"), text);
    assertTrue(text.contains("  --loud, -l                  Loud.\n"), text);
  }
}
