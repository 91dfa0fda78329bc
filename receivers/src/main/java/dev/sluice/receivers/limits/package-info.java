/**
 * What bounds the bytes and the connections that senders may make us hold, whatever the protocol.
 *
 * <p>Called by the servers and by decompression; knows no protocol and no status code.
 */
@NullMarked
package dev.sluice.receivers.limits;

import org.jspecify.annotations.NullMarked;
