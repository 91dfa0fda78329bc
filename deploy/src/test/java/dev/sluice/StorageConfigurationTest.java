package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code file_storage}, and the exporters that name it. */
class StorageConfigurationTest {
  private static final String VALID =
      """
      receivers: {otlp: {protocols: {http: {}}}}
      exporters:
        otlp_http: {endpoint: "http://tempo:4318", sending_queue: {storage: file_storage/a}}
        debug: {sending_queue: {storage: file_storage/a}}
      extensions:
        file_storage/a: {directory: /somewhere, fsync: true, max_size: 1073741824}
        file_storage/b: {directory: /elsewhere}
      service:
        extensions: [file_storage/a, file_storage/b]
        pipelines:
          traces: {receivers: [otlp], exporters: [otlp_http, debug]}
      """;

  @TempDir private Path folder;

  private final TestHost host = new TestHost();

  @Test
  void isValid() throws IOException {
    assertEquals(0, host.run("validate", "--config", file(VALID)), host::err);
    assertEquals("", host.err());
  }

  /** The Collector's keys that mean nothing here are taken, and said to mean nothing. */
  @Test
  void takesTheCollectorsKeys() throws IOException {
    String keys = "fsync: true, timeout: 10s, create_directory: true, compaction: {on_start: true}";
    assertEquals(0, host.run("validate", "--config", file(VALID.replace("fsync: true", keys))));
    assertTrue(host.err().contains("compaction"), host::err);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'storage: file_storage/a' | 'storage: file_storage/c' | 'no file_storage extension "file_storage/c"'
          'extensions: [file_storage/a, file_storage/b]' | 'extensions: [file_storage/b]' | 'listed are: file_storage/b'
          'debug: {sending_queue: {storage: file_storage/a}}' | 'debug: {sending_queue: {storage: file_storage/b}}' | 'a pipeline has one journal'
          'storage: file_storage/a' | 'storage: file_storage/a, wait_for_result: true' | 'wait_for_result'
          'max_size: 1073741824'    | 'max_size: 1000'          | 'at least'
          'fsync: true'             | 'fsnyc: true'             | 'did you mean "fsync"'
          'fsync: true'             | 'overflow: block'         | 'drop_oldest'
          'storage: file_storage/a' | 'storage: file_storage/a, live_share: 1' | 'live_share'
          """)
  void refusesWhatCannotBe(String sound, String broken, String message) throws IOException {
    assertTrue(VALID.contains(sound), sound);
    String path = file(VALID.replaceFirst(Pattern.quote(sound), broken));
    assertEquals(1, host.run("validate", "--config", path));
    assertTrue(host.err().contains(message), host::err);
    assertTrue(host.err().contains(path + ":"), host::err);
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("sluice.yaml"), text).toString();
  }
}
