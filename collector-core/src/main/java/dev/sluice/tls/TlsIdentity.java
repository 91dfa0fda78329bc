package dev.sluice.tls;

import dev.sluice.config.TlsClientConfig;
import dev.sluice.config.TlsServerConfig;
import dev.sluice.meters.Meters;
import dev.sluice.pipeline.Clock;
import dev.sluice.security.Digest;
import dev.sluice.security.Reloadable;
import dev.sluice.security.Security;
import dev.sluice.tls.TlsFiles.Loaded;
import dev.sluice.tls.TlsFiles.Read;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys and certificates of one TLS client or server: who it is and whom it trusts. Read again
 * while it is in use: handshakes use what was loaded last, connections that exist go on.
 *
 * <p>What does not parse, does not belong together or has expired is not taken: the old stays, one
 * ERROR says so, and {@code sluice_tls_reload_failures} counts it. Thread-safe; one thread reloads.
 */
public final class TlsIdentity implements Reloadable {
  private static final Logger LOGGER = LoggerFactory.getLogger(TlsIdentity.class);

  /** How often files are compared when {@code reload_interval} is not set. */
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final String name;
  private final TlsFiles files;
  private final Clock clock;
  private final LongAdder failures = new LongAdder();
  private final List<SSLSessionContext> resumable = new CopyOnWriteArrayList<>();
  private final X509ExtendedKeyManager keys =
      new CurrentKeys(() -> Objects.requireNonNull(loaded().keys()), () -> before().keys());
  private final X509ExtendedTrustManager trust =
      new CurrentTrust(() -> Objects.requireNonNull(loaded().trust()));
  private volatile Loaded loaded;
  private volatile Loaded before;
  private String authorities;
  private Digest seen;
  private boolean unreadable;
  private int generation;

  private TlsIdentity(String name, TlsFiles files, Clock clock) {
    this.name = name;
    this.files = files;
    this.clock = clock;
    Read read = files.read();
    seen = read.digest();
    authorities = read.authorities();
    loaded = files.load(read, alias());
    before = loaded;
    X509Certificate own = loaded.certificate();
    if (own != null && hasExpired(own)) {
      LOGGER.error("{}: the certificate expired on {}", name, own.getNotAfter().toInstant());
    }
  }

  /**
   * Loads a server's. Blocks on files.
   *
   * @param name the keys of the section that has {@code tls}
   * @throws IllegalArgumentException that names the key and what is wrong with it
   */
  public static TlsIdentity server(String name, TlsServerConfig config, Clock clock) {
    return new TlsIdentity(name, TlsFiles.of(config), clock);
  }

  /**
   * Loads a client's. Blocks on files.
   *
   * @throws IllegalArgumentException that names the key and what is wrong with it
   */
  public static TlsIdentity client(String name, TlsClientConfig config, Clock clock) {
    return new TlsIdentity(name, TlsFiles.of(config), clock);
  }

  /** Believes whoever answers; for those who send nothing that matters. */
  public static X509ExtendedTrustManager trustingEveryone() {
    return new TrustEveryone();
  }

  /** Has it read again from now on, and counted. */
  public TlsIdentity watched(Security security, Meters meters) {
    Map<String, String> labels = Map.of("component", name);
    if (loaded.certificate() != null) {
      meters.gauge("sluice_tls_certificate_expiry_seconds", labels, this::expirySeconds);
    }
    if (!files.paths().isEmpty()) {
      meters.counter("sluice_tls_reload_failures", labels, failures::sum);
      security.watch(this);
    }
    return this;
  }

  /** Its own certificate, whichever is loaded; null when it has none. */
  public @Nullable X509ExtendedKeyManager keys() {
    return loaded.keys() == null ? null : keys;
  }

  /** Whom it trusts, whichever is loaded; null for a server that asks for no certificates. */
  public @Nullable X509ExtendedTrustManager trust() {
    return loaded.trust() == null ? null : trust;
  }

  /** Whenever something was read again, these sessions are not resumed any more. */
  public void forgetWhenReplaced(SSLSessionContext sessions) {
    resumable.add(sessions);
  }

  @Override
  public String name() {
    return name + "::tls";
  }

  @Override
  public Duration interval() {
    Duration configured = files.material().reloadInterval();
    return configured.isZero() ? INTERVAL : configured;
  }

  @Override
  public void reload() {
    Read read;
    try {
      read = files.read();
    } catch (IllegalArgumentException e) {
      if (!unreadable) {
        unreadable = true;
        failed(e);
      }
      return;
    }
    unreadable = false;
    take(files.reloadAuthorities() ? read : read.withAuthorities(authorities));
  }

  /** The same content is looked at once, whatever came of it. */
  private void take(Read read) {
    Digest digest = read.digest();
    if (digest.equals(seen)) {
      return;
    }
    seen = digest;
    try {
      use(read);
    } catch (IllegalArgumentException e) {
      failed(e);
    }
  }

  private void use(Read read) {
    Loaded next = files.load(read, alias());
    X509Certificate own = next.certificate();
    if (own != null && hasExpired(own)) {
      throw new IllegalArgumentException("cert expired on " + own.getNotAfter().toInstant());
    }
    before = loaded;
    loaded = next;
    authorities = read.authorities();
    resumable.forEach(TlsIdentity::forget);
    LOGGER.info(
        "{}: read again{}; new connections use it",
        name(),
        own == null ? "" : ", valid until " + own.getNotAfter().toInstant());
  }

  private static void forget(SSLSessionContext sessions) {
    for (byte[] id : Collections.list(sessions.getIds())) {
      SSLSession session = sessions.getSession(id);
      if (session != null) {
        session.invalidate();
      }
    }
  }

  private void failed(IllegalArgumentException cause) {
    failures.increment();
    LOGGER.error(
        "{}: {}; what was loaded before stays in use ({})",
        name(),
        cause.getMessage(),
        String.join(", ", files.paths()));
  }

  private boolean hasExpired(X509Certificate certificate) {
    Instant end = certificate.getNotAfter().toInstant();
    return end.getEpochSecond() <= TimeUnit.NANOSECONDS.toSeconds(clock.epochNanos());
  }

  private double expirySeconds() {
    X509Certificate own = loaded.certificate();
    return own == null ? 0 : own.getNotAfter().toInstant().getEpochSecond();
  }

  private String alias() {
    return "own-" + ++generation;
  }

  private Loaded loaded() {
    return loaded;
  }

  private Loaded before() {
    return before;
  }
}
