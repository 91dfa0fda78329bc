package dev.sluice.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fetches the text that a {@link ConfigSource} names: a file, a variable, or the text itself. */
final class Retriever {
  private static final Pattern VARIABLE = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final String DEFAULT_MARK = ":-";

  private final Function<String, @Nullable String> environment;

  Retriever(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  Retrieved retrieve(ConfigSource source) throws Unavailable {
    return switch (source.scheme()) {
      case "env" -> variable(source.value());
      case "file" -> file(source.value());
      case "yaml" -> new Retrieved(source.value(), Origin.SET);
      case "http", "https" ->
          throw new Unavailable(
              "configuration from "
                  + source.scheme()
                  + ": is not supported; fetch it to a file first, or use file:, env: or yaml:");
      default ->
          throw new Unavailable(
              "unknown scheme \"" + source.scheme() + ":\"; known are file:, env: and yaml:");
    };
  }

  private Retrieved variable(String reference) throws Unavailable {
    int mark = reference.indexOf(DEFAULT_MARK);
    String name = mark < 0 ? reference : reference.substring(0, mark);
    if (!VARIABLE.matcher(name).matches()) {
      throw new Unavailable(
          "\"" + name + "\" is no name of an environment variable: letters, digits and _ only");
    }
    String value = environment.apply(name);
    if (value != null) {
      return new Retrieved(value, Origin.SET);
    }
    return mark < 0
        ? new Retrieved("", Origin.UNSET)
        : new Retrieved(reference.substring(mark + DEFAULT_MARK.length()), Origin.DEFAULT);
  }

  private static Retrieved file(String name) throws Unavailable {
    try {
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        throw new Unavailable("\"" + name + "\" is a folder, not a file");
      }
      if (Files.size(path) > YamlReader.TEXT_MAX) {
        throw new Unavailable(
            "file \"" + name + "\" is larger than the limit of " + YamlReader.TEXT_MAX + " bytes");
      }
      return new Retrieved(Files.readString(path, StandardCharsets.UTF_8), Origin.SET);
    } catch (NoSuchFileException | InvalidPathException _) {
      throw new Unavailable("file \"" + name + "\" does not exist");
    } catch (AccessDeniedException _) {
      throw new Unavailable("file \"" + name + "\" may not be read by this user");
    } catch (CharacterCodingException _) {
      throw new Unavailable("file \"" + name + "\" is not text in UTF-8");
    } catch (IOException e) {
      throw new Unavailable("file \"" + name + "\" cannot be read: " + e.getMessage());
    }
  }

  /** How a text came to be. */
  enum Origin {
    SET,
    /** A variable that is not set, without a default: the text is empty. */
    UNSET,
    DEFAULT
  }

  /** A text, and how it came to be. */
  record Retrieved(String text, Origin origin) {}

  /** Why there is no text, for the person who asked for it. */
  static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    Unavailable(String reason) {
      super(reason);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }
}
