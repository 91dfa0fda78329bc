/**
 * The heart: what a receiver hands over, the ring that holds it, the cursors that exporters read it
 * by, and the sender that retries or gives up.
 *
 * <p>Data flows Intake, Pipeline, Ring, and from there by one Cursor an exporter to its Sender.
 * Full, refuse and fall behind are decided in the ring; retry or give up in the sender; nowhere
 * else. No protocol, no URL and no status code is known here.
 */
@NullMarked
package dev.sluice.pipeline;

import org.jspecify.annotations.NullMarked;
