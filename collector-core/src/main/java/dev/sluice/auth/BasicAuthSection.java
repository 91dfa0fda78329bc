package dev.sluice.auth;

import dev.sluice.config.Section;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads {@code basicauth}, with the Collector's keys. Stateless. */
final class BasicAuthSection {
  private BasicAuthSection() {}

  static AuthenticatorSettings read(Section section) {
    Section htpasswd = section.sectionIfPresent("htpasswd");
    Section client = section.sectionIfPresent("client_auth");
    if ((htpasswd == null) == (client == null)) {
      section.problem(
          "needs htpasswd, to let others in, or client_auth, to show credentials to a backend;"
              + " not both");
    }
    return client == null ? server(htpasswd == null ? section : htpasswd) : client(client);
  }

  private static BasicServerSettings server(Section section) {
    String text = section.secret("inline");
    SecretText inline = new SecretText(text == null ? "" : text, null);
    SecretText file = new SecretText("", SecretText.file(section, "file"));
    if (!inline.isGiven() && !file.isGiven()) {
      section.problem("names nobody: give file or inline");
    }
    check(section, "inline", inline);
    check(section, "file", file);
    return new BasicServerSettings(inline, file);
  }

  /** Says which line cannot be used, without showing it. */
  private static void check(Section section, String key, SecretText lines) {
    try {
      Htpasswd.read(lines.current());
    } catch (IOException _) {
      // That the file cannot be read has been said.
    } catch (IllegalArgumentException e) {
      section.problem(key, String.valueOf(e.getMessage()));
    }
  }

  private static BasicClientSettings client(Section section) {
    section.refused("aws_secrets_manager", "is not supported; use username_file, password_file");
    SecretText username = SecretText.read(section, "username", "username_file");
    SecretText password = SecretText.read(section, "password", "password_file");
    if (!username.isGiven()) {
      section.problem("username", "is required, or username_file");
    }
    checkName(section, username.text());
    return new BasicClientSettings(username, password);
  }

  private static void checkName(Section section, @Nullable String name) {
    if (name != null && name.indexOf(':') >= 0) {
      section.problem("username", "must not have a colon: it ends the name in a header");
    }
  }
}
