/**
 * Who may come in and who we say we are, as those who open connections see it: authenticators by
 * name, and what is read again without a restart. Interfaces and digests only; the authenticators
 * themselves are in {@code dev.sluice.auth}. Called by receivers, exporters and pages.
 */
@NullMarked
package dev.sluice.security;

import org.jspecify.annotations.NullMarked;
