package dev.sluice.ondisk;

import dev.sluice.otlp.Signal;
import dev.sluice.pipeline.Intake;
import dev.sluice.pipeline.Pipeline;
import java.util.List;
import java.util.Map;

/**
 * Where requests are sent: pipelines without receivers, which refuse when they are full and give up
 * nothing for want of room.
 *
 * @param intakes the way into those of a signal
 * @param answersWithResult whether a request is answered only when all exporters are done with it
 * @param windowBytes how much may be unanswered at once
 * @param requestBytesMax what a request may have to be taken by the pipelines of its signal
 * @param lettersWritten blocks until what was refused is among the dead letters, after the last
 */
public record ReplayTarget(
    List<Pipeline> pipelines,
    Map<Signal, Intake> intakes,
    boolean answersWithResult,
    long windowBytes,
    long requestBytesMax,
    Runnable lettersWritten) {}
