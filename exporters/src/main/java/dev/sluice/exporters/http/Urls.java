package dev.sluice.exporters.http;

import dev.sluice.config.Section;
import java.net.URI;
import java.net.URISyntaxException;
import okhttp3.HttpUrl;

/**
 * Reads URLs as the client will: what passes here can be posted to. Unlike {@link java.net.URI} it
 * takes host names with an underscore, which Compose gives.
 */
public final class Urls {
  private Urls() {}

  /** The URL under a key, as it was written; empty when there is none, or it is a problem. */
  public static String read(Section section, String key) {
    String text = section.string(key, "");
    if (text.isEmpty() || isUrl(text)) {
      return text;
    }
    String hint = text.contains("://") ? "" : "; write http://" + text;
    section.problem(key, "expected a URL with http:// or https://, got \"" + text + "\"" + hint);
    return "";
  }

  /** OkHttp alone would take characters that no URL has. */
  private static boolean isUrl(String text) {
    try {
      return HttpUrl.parse(text) != null && new URI(text).getRawAuthority() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Records that {@code key} is required, unless something stands there, of which it was said. */
  public static void require(Section section, String key, String hint) {
    if (section.string(key, "").isEmpty()) {
      section.problem(key, "is required, " + hint);
    }
  }

  /** Whether it is a URL without TLS. */
  static boolean isPlain(String text) {
    HttpUrl url = HttpUrl.parse(text);
    return url != null && !url.isHttps();
  }
}
