package dev.sluice.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What clients and servers have in common under {@code tls:}. Data only; whoever opens the
 * connection makes a context of it.
 *
 * @param ca the authorities to trust; null for those of the system
 * @param certificate the own certificate and its chain; null for none, then {@code key} is null too
 * @param includeSystemCas whether the system's authorities are trusted beside {@code ca}
 * @param versions the allowed protocol versions in Java's names, lowest first
 * @param cipherSuites in their order; empty for Java's own choice
 * @param curves in their order and in Java's names; empty for Java's own choice
 * @param reloadInterval after which the files are read again; zero when it is not set
 */
public record TlsMaterial(
    @Nullable PemSource ca,
    @Nullable PemSource certificate,
    @Nullable PemSource key,
    boolean includeSystemCas,
    List<String> versions,
    List<String> cipherSuites,
    List<String> curves,
    Duration reloadInterval) {
  /** The Collector's names of curves, and Java's. */
  private static final Map<String, String> CURVES =
      Map.of("X25519", "x25519", "P256", "secp256r1", "P384", "secp384r1", "P521", "secp521r1");

  /** Without an own certificate; null trusts the system's authorities. */
  public static TlsMaterial trusting(@Nullable PemSource ca) {
    return new TlsMaterial(
        ca, null, null, false, List.of("TLSv1.2", "TLSv1.3"), List.of(), List.of(), Duration.ZERO);
  }

  /** Whether there is something to load beside the system's authorities. */
  public boolean namesFiles() {
    return ca != null || certificate != null;
  }

  static TlsMaterial read(Section section) {
    PemSource certificate = pem(section, "cert");
    PemSource key = pem(section, "key");
    if ((certificate == null) != (key == null)) {
      String missing = certificate == null ? "cert" : "key";
      section.problem(
          "a certificate and its key belong together; %s_file is missing".formatted(missing));
    }
    section.unsupported("include_insecure_cipher_suites", "Java does not offer them");
    section.refused("tpm", "keys in a trusted platform module are not supported; use key_file");
    return new TlsMaterial(
        pem(section, "ca"),
        certificate,
        key,
        section.bool("include_system_ca_certs_pool", false),
        versions(section),
        cipherSuites(section),
        curves(section),
        section.duration("reload_interval", Duration.ZERO));
  }

  /** A file that {@code key} names, when it is there and can be read; null otherwise. */
  static @Nullable Path readableFile(Section section, String key) {
    String name = section.string(key, "");
    if (name.isEmpty()) {
      return null;
    }
    try {
      Path path = Path.of(name);
      if (Files.isRegularFile(path) && Files.isReadable(path)) {
        return path;
      }
      String state = Files.exists(path) ? "cannot be read by this user" : "does not exist";
      section.problem(key, "file \"" + name + "\" " + state);
    } catch (InvalidPathException _) {
      section.problem(key, "\"" + name + "\" is not a path");
    }
    return null;
  }

  private static @Nullable PemSource pem(Section section, String prefix) {
    String file = section.string(prefix + "_file", "");
    String text = section.secret(prefix + "_pem");
    boolean both = !file.isEmpty() && text != null && !text.isEmpty();
    if (both) {
      section.problem(
          prefix + "_pem", "give either %s_file or %s_pem, not both".formatted(prefix, prefix));
    }
    if (!file.isEmpty()) {
      Path path = readableFile(section, prefix + "_file");
      return new PemSource.File(path == null ? Path.of("") : path);
    }
    return text == null || text.isEmpty() ? null : new PemSource.Text(text);
  }

  /** Asks Java's TLS for the names that it knows only when there is one to check. */
  private static List<String> cipherSuites(Section section) {
    List<String> suites = section.strings("cipher_suites");
    List<String> known = suites.isEmpty() ? List.of() : knownSuites();
    for (String suite : suites) {
      if (!known.contains(suite)) {
        section.problem(
            "cipher_suites",
            "Java's TLS does not have \"" + suite + "\"" + Nearest.hint(suite, known));
      }
    }
    return suites;
  }

  private static List<String> knownSuites() {
    try {
      return List.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  private static List<String> curves(Section section) {
    List<String> curves = new ArrayList<>();
    for (String name : section.strings("curve_preferences")) {
      String curve = CURVES.get(name);
      if (name.equals("X25519MLKEM768")) {
        section.warning("curve_preferences", "Java does not have X25519MLKEM768 yet; left out");
      } else if (curve == null) {
        section.problem(
            "curve_preferences",
            "must be of X25519MLKEM768, X25519, P256, P384, P521; got \"" + name + "\"");
      } else {
        curves.add(curve);
      }
    }
    return curves;
  }

  private static List<String> versions(Section section) {
    int lowest = version(section, "min_version", 2);
    int highest = version(section, "max_version", 3);
    if (lowest > highest) {
      section.problem("min_version", "is greater than max_version");
    }
    if (highest < 2) {
      section.problem("max_version", "Java speaks TLS 1.2 and 1.3 only");
    } else if (lowest < 2) {
      section.warning("min_version", "Java speaks TLS 1.2 and 1.3 only; 1.2 is the lowest used");
    }
    return Stream.of("TLSv1.2", "TLSv1.3")
        .filter(name -> minor(name) >= lowest && minor(name) <= highest)
        .toList();
  }

  private static int version(Section section, String key, int fallback) {
    if (section.string(key, "").isEmpty()) {
      return fallback;
    }
    return minor(section.choice(key, "1." + fallback, "1.0", "1.1", "1.2", "1.3"));
  }

  private static int minor(String version) {
    return version.charAt(version.length() - 1) - '0';
  }
}
