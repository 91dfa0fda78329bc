package dev.sluice.exporters.loki;

/** The tenants that Loki takes: dskit's rule, 150 of letters, digits and {@code !-_.*'()}. */
final class TenantName {
  private static final int LENGTH_MAX = 150;
  private static final String OTHERS = "!-_.*'()";

  private TenantName() {}

  static boolean isValid(String name) {
    if (name.isEmpty() || name.length() > LENGTH_MAX || name.equals(".") || name.equals("..")) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char next = name.charAt(i);
      boolean plain =
          (next >= 'a' && next <= 'z')
              || (next >= 'A' && next <= 'Z')
              || (next >= '0' && next <= '9');
      if (!plain && OTHERS.indexOf(next) < 0) {
        return false;
      }
    }
    return true;
  }
}
