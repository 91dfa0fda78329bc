package dev.sluice.auth;

/** {@code basicauth} with {@code client_auth}: the name and password to show to a backend. */
record BasicClientSettings(SecretText username, SecretText password)
    implements AuthenticatorSettings {
  @Override
  public boolean server() {
    return false;
  }

  @Override
  public boolean client() {
    return true;
  }
}
