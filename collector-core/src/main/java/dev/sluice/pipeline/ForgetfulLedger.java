package dev.sluice.pipeline;

import dev.sluice.otlp.Signal;
import dev.sluice.otlp.Telemetry;
import java.util.List;

/** {@link Ledger#NONE}. Without state. */
final class ForgetfulLedger implements Ledger, Ledger.Entrance, Ledger.Exit {
  @Override
  public Entrance entrance(String receiverId, Signal signal, List<String> pipelines) {
    return this;
  }

  @Override
  public Exit exit(String pipelineId, String exporterId) {
    return this;
  }

  @Override
  public void accepted(int pipeline, long sequence, Telemetry telemetry) {}

  @Override
  public void refused(Telemetry telemetry, String reason) {}

  @Override
  public void taken(long from, long to, Batch batch) {}

  @Override
  public void failed(long from, long to, String reason) {}

  @Override
  public void delivered(long from, long to, int items) {}

  @Override
  public void finished(long from, long to) {}

  @Override
  public void lost(Telemetry telemetry, String rule, String reason, String file) {}

  @Override
  public void dropped(Batch batch, Loss loss) {}
}
