package dev.sluice.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts products for a test. After the test it checks the conservation law on each that runs,
 * stops it by SIGTERM and expects exit code 0; none outlives its test.
 */
final class Products implements BeforeEachCallback, AfterEachCallback {
  private final List<SluiceProcess> started = new ArrayList<>();

  /** See {@link SluiceProcess#start}. */
  SluiceProcess start(String config, Map<String, String> environment) {
    SluiceProcess sluice = SluiceProcess.start(config, environment);
    started.add(sluice);
    return sluice;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    String method = context.getRequiredTestMethod().getName();
    String shown = context.getDisplayName();
    Evidence.show(
        "---- %s %s %s",
        context.getRequiredTestClass().getSimpleName(),
        method,
        shown.startsWith(method) ? "" : shown);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    boolean passed = context.getExecutionException().isEmpty();
    try {
      for (SluiceProcess sluice : started) {
        if (passed && sluice.isAlive()) {
          ConservationLaw.check(sluice);
          sluice.stop();
        } else if (!passed && sluice.isAlive()) {
          sluice.ledger().accounts().forEach(account -> Evidence.show("failed with: %s", account));
        }
        if (!passed) {
          Evidence.show("its log:%n%s", sluice.logTail());
        }
      }
    } finally {
      started.forEach(SluiceProcess::kill);
      started.clear();
    }
  }
}
