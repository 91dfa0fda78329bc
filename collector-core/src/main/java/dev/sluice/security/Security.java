package dev.sluice.security;

import dev.sluice.config.ComponentId;
import org.jspecify.annotations.Nullable;

/** What a receiver, an exporter or a page asks the distribution for. Used while wiring. */
public interface Security {
  /** Knows no authenticator and reads nothing again. */
  Security NONE =
      new Security() {
        @Override
        public ServerAuthenticator server(ComponentId id) {
          throw new IllegalArgumentException("no such authenticator: " + id);
        }

        @Override
        public ClientAuthenticator client(ComponentId id) {
          throw new IllegalArgumentException("no such authenticator: " + id);
        }

        @Override
        public void watch(Reloadable reloadable) {}
      };

  /** The authenticator of an id that the configuration was found to have. */
  ServerAuthenticator server(ComponentId id);

  /** The authenticator of an id that the configuration was found to have. */
  ClientAuthenticator client(ComponentId id);

  /** Has something read again from now on. */
  void watch(Reloadable reloadable);

  /** The authenticator of an id; null for none. */
  default @Nullable ServerAuthenticator serverOrNull(@Nullable ComponentId id) {
    return id == null ? null : server(id);
  }

  /** The authenticator of an id; null for none. */
  default @Nullable ClientAuthenticator clientOrNull(@Nullable ComponentId id) {
    return id == null ? null : client(id);
  }
}
