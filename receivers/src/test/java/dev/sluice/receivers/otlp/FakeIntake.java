package dev.sluice.receivers.otlp;

import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Admission;
import dev.sluice.pipeline.Intake;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A pipeline that answers as the test says, at once or when the test says. */
final class FakeIntake implements Intake {
  final BlockingQueue<Telemetry> offered = new LinkedBlockingQueue<>();
  final BlockingQueue<Reply> waiting = new LinkedBlockingQueue<>();
  private volatile Admission admission = Admission.ACCEPTED;
  private volatile boolean later;

  void answerWith(Admission next) {
    admission = next;
  }

  /** From now on requests wait in {@link #waiting}. */
  void answerLater() {
    later = true;
  }

  @Override
  public void accept(Telemetry telemetry, Reply reply) {
    offered.add(telemetry);
    if (later) {
      waiting.add(reply);
    } else {
      reply.answer(admission);
    }
  }
}
