package dev.sluice.auth;

import dev.sluice.config.ComponentId;
import dev.sluice.config.PemSource;
import dev.sluice.config.TlsClientConfig;
import dev.sluice.config.TlsMaterial;
import dev.sluice.meters.Meters;
import dev.sluice.pipeline.Clock;
import dev.sluice.pipeline.Threads;
import dev.sluice.security.ClientAuthenticator;
import dev.sluice.security.Reloadable;
import dev.sluice.security.Security;
import dev.sluice.security.ServerAuthenticator;
import dev.sluice.tls.TlsIdentity;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The authenticators of one configuration, each made when it is first asked for and shared by all
 * who name it. Asked by the one thread that wires; closed last.
 */
public final class Authenticators implements Security, AutoCloseable {
  private static final Duration KEYS_INTERVAL = Duration.ofSeconds(15);

  private final Map<ComponentId, AuthenticatorSettings> settings;
  private final Consumer<Reloadable> reloads;
  private final Meters meters;
  private final Clock clock;
  private final Threads threads;
  private final Map<ComponentId, Object> made = new HashMap<>();
  private final Map<ComponentId, ServerAuthenticator> servers = new HashMap<>();
  private final List<Checks> checks = new ArrayList<>();

  /**
   * Makes none yet.
   *
   * @param settings by id
   * @param reloads takes what is to be read again
   */
  public Authenticators(
      Map<ComponentId, AuthenticatorSettings> settings,
      Consumer<Reloadable> reloads,
      Meters meters,
      Clock clock,
      Threads threads) {
    this.settings = Map.copyOf(settings);
    this.reloads = reloads;
    this.meters = meters;
    this.clock = clock;
    this.threads = threads;
  }

  @Override
  public ServerAuthenticator server(ComponentId id) {
    return made(id) instanceof ServerAuthenticator server
        ? servers.computeIfAbsent(id, _ -> counted("extensions::" + id, server))
        : Security.NONE.server(id);
  }

  @Override
  public ClientAuthenticator client(ComponentId id) {
    return made(id) instanceof ClientAuthenticator client ? client : Security.NONE.client(id);
  }

  @Override
  public void watch(Reloadable reloadable) {
    reloads.accept(reloadable);
  }

  @Override
  public void close() {
    checks.forEach(Checks::close);
  }

  private @Nullable Object made(ComponentId id) {
    AuthenticatorSettings wanted = settings.get(id);
    return wanted == null ? null : made.computeIfAbsent(id, _ -> make(id, wanted));
  }

  private Object make(ComponentId id, AuthenticatorSettings wanted) {
    String name = "extensions::" + id;
    return switch (wanted) {
      case BearerTokenSettings bearer -> bearer(name, bearer);
      case BasicServerSettings basic -> basic(name, basic);
      case BasicClientSettings basic -> basic(name, basic);
      case OidcSettings oidc -> oidc(name, oidc);
    };
  }

  private CountedServer counted(String name, ServerAuthenticator server) {
    CountedServer counted = new CountedServer(name, server);
    meters.counter("sluice_auth_refused_requests", Map.of("authenticator", name), counted::denied);
    return counted;
  }

  private BearerTokens bearer(String name, BearerTokenSettings bearer) {
    BearerTokens tokens = new BearerTokens(bearer);
    Path file = bearer.file();
    if (file != null) {
      read(new WatchedText(name + "::filename", () -> SecretText.read(file), tokens::use), true);
    }
    return tokens;
  }

  private BasicServer basic(String name, BasicServerSettings basic) {
    BasicServer server = new BasicServer(checks(name));
    WatchedText lines =
        new WatchedText(
            name + "::htpasswd",
            () -> basic.file().current() + "\n" + basic.inline().current(),
            server::use);
    read(lines, basic.file().isGiven());
    return server;
  }

  private BasicClient basic(String name, BasicClientSettings basic) {
    BasicClient client = new BasicClient();
    boolean files = basic.username().file() != null || basic.password().file() != null;
    read(
        new WatchedText(name + "::client_auth", () -> BasicClient.pair(basic), client::use), files);
    return client;
  }

  private OidcServer oidc(String name, OidcSettings oidc) {
    List<OidcIssuer> issuers = new ArrayList<>();
    for (OidcSettings.Provider provider : oidc.providers()) {
      Path file = provider.keysFile();
      OidcDiscovery discovery =
          file == null ? new OidcDiscovery(provider.issuer(), sockets(provider.caFile())) : null;
      OidcIssuer issuer = new OidcIssuer(provider, discovery);
      if (file != null) {
        String watched = name + "::public_keys_file";
        read(new WatchedText(watched, () -> SecretText.read(file), issuer::use), true);
      } else {
        watch(new KeysOfIssuer(name, issuer));
      }
      issuers.add(issuer);
    }
    return new OidcServer(oidc.header(), issuers, checks(name), clock);
  }

  /** Reads now, and from time to time when there are files. */
  private void read(WatchedText text, boolean files) {
    text.reload();
    if (files) {
      meters.counter(
          "sluice_auth_reload_failures", Map.of("authenticator", text.name()), text::failures);
      watch(text);
    }
  }

  private Checks checks(String name) {
    Checks made = new Checks("check-" + name.substring(name.lastIndexOf(':') + 1), threads);
    checks.add(made);
    return made;
  }

  private @Nullable SSLSocketFactory sockets(@Nullable Path ca) {
    if (ca == null) {
      return null;
    }
    TlsMaterial material = TlsMaterial.trusting(new PemSource.File(ca));
    TlsIdentity identity =
        TlsIdentity.client("issuer", new TlsClientConfig(false, false, "", material), clock);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {identity.trust()}, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /** Learns an issuer's keys as soon as it can be asked, and of new ones from then on. */
  private final class KeysOfIssuer implements Reloadable {
    private final String name;
    private final OidcIssuer issuer;

    KeysOfIssuer(String name, OidcIssuer issuer) {
      this.name = name;
      this.issuer = issuer;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Duration interval() {
      return KEYS_INTERVAL;
    }

    @Override
    public void reload() {
      issuer.refresh(TimeUnit.NANOSECONDS.toSeconds(clock.epochNanos()));
    }
  }
}
