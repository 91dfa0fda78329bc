package dev.sluice.benchmarks.result;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@link Results} as JSON in a file, one a scenario: {@code FOLDER/SCENARIO.json}. */
public final class ResultFile {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private ResultFile() {}

  public static Path path(Path folder, String scenario) {
    return folder.resolve(scenario + ".json");
  }

  /** Writes the results into a folder, made when it is missing; returns the file. */
  public static Path write(Path folder, Results results) throws IOException {
    Files.createDirectories(folder);
    return Files.writeString(path(folder, results.scenario()), GSON.toJson(results) + "\n");
  }

  /**
   * Reads a file that was written so.
   *
   * @throws IOException also when it is not such a file
   */
  public static Results read(Path file) throws IOException {
    try {
      Results results = GSON.fromJson(Files.readString(file), Results.class);
      if (results == null || results.measurements() == null) {
        throw new IOException(file + " holds no measurements");
      }
      return results;
    } catch (JsonParseException e) {
      throw new IOException(file + " is not a file of results: " + e.getMessage(), e);
    }
  }
}
