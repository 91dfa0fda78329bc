package dev.sluice.config;

import java.util.Map;

/** Makes sections of YAML text, for the tests of whatever reads one. */
public final class Sections {

  private Sections() {}

  /** The top level of a YAML text, under the name {@code test.yaml}; no variable is set. */
  public static Section of(String yaml, Problems problems) {
    return config(yaml, problems, Map.of()).root();
  }

  /** A configuration of a YAML text, with the given variables. */
  public static Config config(String yaml, Problems problems, Map<String, String> variables) {
    return new ConfigLoader(variables::get, problems).loadText("test.yaml", yaml);
  }
}
