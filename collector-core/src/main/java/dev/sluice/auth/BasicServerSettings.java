package dev.sluice.auth;

/**
 * {@code basicauth} with {@code htpasswd}: who may come in, by name and password.
 *
 * @param inline lines that stand in the configuration; they win over those of the file
 * @param file lines of a file, read again when it changes
 */
record BasicServerSettings(SecretText inline, SecretText file) implements AuthenticatorSettings {
  @Override
  public boolean server() {
    return true;
  }

  @Override
  public boolean client() {
    return false;
  }
}
