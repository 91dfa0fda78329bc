package dev.sluice.journal;

/**
 * How a journal is, for meters and people.
 *
 * @param mode {@code wal}: answered when the kernel has it; {@code fsync}: when the medium has it
 * @param healthy whether the disk does what it is told; {@code reason} says what it does not
 * @param full whether requests are refused for want of room
 * @param segments files of records
 * @param bytes in them
 * @param capacityBytes of them at most; 0 when only the reserve bounds them
 * @param usableBytes of the file system, when it was last asked
 * @param oldestEpochNanos when the oldest segment was begun; 0 when there is none
 * @param waitingBytes that wait to be written
 * @param lostItems that an exporter had pending when the journal was opened, and that were missing
 * @param unreadableItems that readers could not read since; each exporter's count
 * @param truncatedBytes that were cut off when it was opened
 * @param failures of making, writing or forcing a segment; each was tried again elsewhere
 * @param forceFailures those of them that were a force
 * @param sealFailures segments that could not be forced when they were ended
 * @param cursorFailures of saving what is pending
 * @param lastForceNanos how long the last force took; 0 before the first
 */
public record JournalStatus(
    String mode,
    boolean healthy,
    String reason,
    boolean full,
    int segments,
    long bytes,
    long capacityBytes,
    long usableBytes,
    long oldestEpochNanos,
    long waitingBytes,
    long lostItems,
    long unreadableItems,
    long truncatedBytes,
    long failures,
    long forceFailures,
    long sealFailures,
    long cursorFailures,
    long lastForceNanos) {}
