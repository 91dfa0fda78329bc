package dev.sluice.tls;

import dev.sluice.config.Problems;
import dev.sluice.config.Sections;
import dev.sluice.config.TlsClientConfig;
import dev.sluice.pipeline.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * The certificates of {@code src/test/resources/tls}, as files; other modules have them in a jar.
 * Thread-safe.
 */
public final class Certificates {
  private static final Map<String, String> PATHS = new ConcurrentHashMap<>();

  private Certificates() {}

  /** The path of a file, which is not to be changed. */
  public static String path(String name) {
    return PATHS.computeIfAbsent(name, Certificates::unpacked);
  }

  /** What a file holds. */
  public static String text(String name) {
    try {
      return Files.readString(Path.of(path(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a copy of a file where another is, at once as a rename does. */
  public static void replace(Path target, String name) {
    try {
      Path next = Files.createTempFile(target.getParent(), "next", null);
      Files.writeString(next, text(name));
      Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String unpacked(String name) {
    try (InputStream in = Certificates.class.getResourceAsStream("/tls/" + name)) {
      Path copy = Files.createTempFile("sluice-test-", "-" + name);
      copy.toFile().deleteOnExit();
      Files.write(copy, Objects.requireNonNull(in, name).readAllBytes());
      return copy.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the keys under {@code tls} are read to. */
  public static TlsClientConfig tls(String yaml) {
    Problems problems = new Problems();
    TlsClientConfig config = TlsClientConfig.read(Sections.of(yaml, problems));
    if (problems.hasErrors()) {
      throw new AssertionError(problems.format());
    }
    return config;
  }

  /** A context with a certificate and its key, that trusts our authority. */
  public static SSLContext server(String certificate, String key) {
    return context(
        "{ca_file: %s, cert_file: %s, key_file: %s}"
            .formatted(path("authority.pem"), path(certificate), path(key)));
  }

  /** A context without a certificate, that trusts our authority. */
  public static SSLContext client() {
    return context("ca_file: " + path("authority.pem"));
  }

  private static SSLContext context(String yaml) {
    TlsIdentity identity = TlsIdentity.client("test", tls(yaml), new ManualClock());
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManager keys = identity.keys();
      context.init(
          keys == null ? null : new KeyManager[] {keys},
          new TrustManager[] {identity.trust()},
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
