package dev.sluice.config;

import dev.sluice.config.Node.Fields;
import java.util.ArrayList;
import java.util.List;

/**
 * A configuration: merged, substituted, and ready to be read by sections.
 *
 * <p>One thread. Read everything, then call {@link #reportUnknownKeys}.
 */
public final class Config {
  private final Fields fields;
  private final Secrets secrets = new Secrets();
  private final List<AuthenticatorReference> authenticators = new ArrayList<>();
  private final Section root;

  Config(Fields fields, Problems problems) {
    this.fields = fields;
    this.root =
        new Section("", fields.at(), fields, new Reading(problems, secrets, authenticators));
  }

  /** The top level: {@code receivers}, {@code service} and so on. */
  public Section root() {
    return root;
  }

  /** The references to authenticators that have been read so far. */
  public List<AuthenticatorReference> authenticators() {
    return List.copyOf(authenticators);
  }

  /** Makes a problem of every key that nothing has asked for; to be called when all was read. */
  public void reportUnknownKeys() {
    root.reportUnknownKeys();
  }

  /**
   * The effective configuration as YAML, keys in their order, with {@code [REDACTED]} for what was
   * read as a secret and for what looks like one by the name of its key.
   */
  public String redacted() {
    return new ConfigPrinter(secrets).print(fields);
  }

  /** The effective configuration as YAML, passwords and tokens included. */
  public String unredacted() {
    return new ConfigPrinter(null).print(fields);
  }
}
