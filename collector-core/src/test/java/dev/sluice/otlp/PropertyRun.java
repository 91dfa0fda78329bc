package dev.sluice.otlp;

/**
 * How long a property test runs, and from which seed: {@code sluice.property.iterations} and {@code
 * sluice.property.seed}. The seed is printed, so that a failure can be repeated.
 */
public record PropertyRun(String name, long seed, int iterations) {
  public static PropertyRun of(String name, int iterations) {
    long seed = Long.getLong("sluice.property.seed", 20_261_123L);
    int scaled = Integer.getInteger("sluice.property.iterations", iterations);
    System.out.println(name + ": seed " + seed + ", " + scaled + " iterations");
    return new PropertyRun(name, seed, scaled);
  }

  public void finished(Object outcome) {
    System.out.println(name + ": seed " + seed + " finished: " + outcome);
  }
}
