/**
 * The authenticators that a configuration can define as extensions: {@code basicauth}, {@code
 * bearertokenauth} and {@code oidc}. Receivers and exporters see the interfaces of {@code
 * dev.sluice.security} only; the distribution reads the settings and makes what is used.
 *
 * <p>Libraries for passwords and tokens are loaded by the class that needs them, when it is made.
 */
@NullMarked
package dev.sluice.auth;

import org.jspecify.annotations.NullMarked;
