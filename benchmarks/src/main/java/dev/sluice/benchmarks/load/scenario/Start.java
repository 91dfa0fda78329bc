package dev.sluice.benchmarks.load.scenario;

import dev.sluice.benchmarks.load.collector.CollectorCommand;
import dev.sluice.benchmarks.load.collector.CollectorProcess;
import dev.sluice.benchmarks.result.Samples;
import java.io.IOException;
import java.time.Duration;

/** How soon after its exec a collector accepts, and what it uses before it has anything to do. */
record Start() implements Scenario {
  private static final String TARGET = "start";
  private static final Duration IDLE_MAX = Duration.ofSeconds(10);

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String purpose() {
    return "seconds from exec to the first accepted request, CPU of the start, idle memory";
  }

  @Override
  public void run(Bench bench) throws IOException, InterruptedException {
    for (int round = 0; round < bench.settings().rounds(); round++) {
      for (CollectorCommand command : bench.settings().collectors()) {
        try (CollectorProcess collector =
            bench.startUnready(command, bench.settings().collectorCores())) {
          double ready = bench.awaitAccepting(collector);
          collector.awaitQuiet(IDLE_MAX);
          Samples samples = bench.samples();
          samples.add(command.name(), TARGET, "ready", "s", ready);
          samples.add(command.name(), TARGET, "CPU of the start", "s", collector.cpuSeconds());
          samples.add(command.name(), TARGET, "idle RSS", "MiB", collector.rssMib());
          bench.say("ready after %.3f s, %.0f MiB".formatted(ready, collector.rssMib()));
        }
      }
    }
  }
}
