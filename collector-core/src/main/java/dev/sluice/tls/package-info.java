/**
 * Certificates and keys, loaded from what the configuration names, and replaced while connections
 * run. No sockets: receivers and exporters make their library's context of an identity.
 */
@NullMarked
package dev.sluice.tls;

import org.jspecify.annotations.NullMarked;
