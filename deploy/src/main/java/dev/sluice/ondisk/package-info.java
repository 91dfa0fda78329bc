/**
 * What is on disk, for people: the journals and the dead letters listed, shown, checked, exported,
 * and sent again. It reads beside a running Sluice and changes nothing, except that delivered dead
 * letters are deleted when that was asked for.
 *
 * <p>Called by {@code dev.sluice.DiskCommand} alone; nothing of it is loaded by a Sluice that runs.
 * No exporter and no file format is known here: {@code dev.sluice.journal} and {@code
 * dev.sluice.pipeline} have those.
 */
@NullMarked
package dev.sluice.ondisk;

import org.jspecify.annotations.NullMarked;
