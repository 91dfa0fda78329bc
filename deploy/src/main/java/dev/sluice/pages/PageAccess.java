package dev.sluice.pages;

import dev.sluice.config.AuthenticatorReference;
import dev.sluice.config.ComponentId;
import dev.sluice.config.Section;
import dev.sluice.config.TlsServerConfig;
import dev.sluice.meters.Meters;
import dev.sluice.pipeline.Clock;
import dev.sluice.security.Security;
import dev.sluice.tls.TlsSections;
import org.jspecify.annotations.Nullable;

/**
 * Who may read a page, and how: the keys {@code tls} and {@code auth} of its section.
 *
 * @param path the keys of the section, for messages
 * @param tls null for plain HTTP
 * @param authenticator null for anybody
 */
public record PageAccess(
    String path, @Nullable TlsServerConfig tls, @Nullable ComponentId authenticator) {
  /** Anybody, in the clear. */
  public static final PageAccess OPEN = new PageAccess("", null, null);

  /** Reads the page's section. */
  public static PageAccess read(Section section) {
    TlsServerConfig tls = TlsSections.server(section);
    ComponentId authenticator = AuthenticatorReference.server(section);
    return tls == null && authenticator == null
        ? OPEN
        : new PageAccess(section.path(), tls, authenticator);
  }

  /** With what the distribution has to offer. */
  public Granted grantedBy(Security security, Meters meters, Clock clock) {
    return new Granted(this, security, meters, clock);
  }

  /** What a page's server asks when it starts. */
  public record Granted(PageAccess access, Security security, Meters meters, Clock clock) {}
}
