package dev.sluice.auth;

import dev.sluice.config.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code bearertokenauth}, with the Collector's keys: tokens to accept, of which the first is the
 * one to show.
 *
 * @param header that carries the token
 * @param scheme before the token, with a space between; empty for none
 * @param tokens those in the configuration; empty when a file is named
 * @param file with a token a line, read again when it changes; null for none
 */
record BearerTokenSettings(String header, String scheme, List<String> tokens, @Nullable Path file)
    implements AuthenticatorSettings {

  static BearerTokenSettings read(Section section) {
    List<String> tokens = new ArrayList<>(section.secrets("tokens"));
    String token = section.secret("token");
    if (tokens.isEmpty() && token != null && !token.isEmpty()) {
      tokens.add(token);
    } else if (!tokens.isEmpty() && token != null) {
      section.problem("token", "give either token or tokens, not both");
    }
    Path file = SecretText.file(section, "filename");
    if (tokens.isEmpty() && file == null) {
      section.problem("has no token: give token, tokens or filename");
    }
    if (file != null && !tokens.isEmpty()) {
      section.warning("filename", "wins: the tokens in the configuration are not used");
      tokens.clear();
    }
    if (!tokens.stream().allMatch(BearerTokens::isPrintable)) {
      section.problem("a token has characters other than printable ASCII");
    }
    if (tokens.contains("")) {
      section.problem("tokens", "one of them is empty");
    }
    return new BearerTokenSettings(
        section.string("header", "Authorization"),
        section.string("scheme", "Bearer"),
        List.copyOf(tokens),
        file);
  }

  /** The header's value for a token. */
  String value(String token) {
    return scheme.isEmpty() ? token : scheme + " " + token;
  }

  @Override
  public boolean server() {
    return true;
  }

  @Override
  public boolean client() {
    return true;
  }

  /** Without the tokens. */
  @Override
  public String toString() {
    return "BearerTokenSettings[header=" + header + ", scheme=" + scheme + ", file=" + file + "]";
  }
}
