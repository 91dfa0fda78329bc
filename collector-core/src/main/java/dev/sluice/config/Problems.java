package dev.sluice.config;

import dev.sluice.config.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Collects everything that is wrong with a configuration, so that one run reports all of it.
 *
 * <p>Not safe for threads; the configuration is read by one. Keeps {@value #PROBLEMS_MAX} problems
 * and counts the rest. Messages lose what stands before the {@code @} of a URL. The same problem at
 * the same place is kept once.
 */
public final class Problems {
  static final int PROBLEMS_MAX = 500;

  private final Set<Problem> all = new LinkedHashSet<>();
  private boolean hasErrors;
  private int notKept;

  /** Records something that prevents the start. */
  public void error(Position at, String path, String message) {
    add(at, Severity.ERROR, path, message);
  }

  /** Records something accepted that its author should know of. */
  public void warning(Position at, String path, String message) {
    add(at, Severity.WARNING, path, message);
  }

  /** Whether something prevents the start. */
  public boolean hasErrors() {
    return hasErrors;
  }

  /** What prevents the start, by source and line. */
  public List<Problem> errors() {
    return sorted().stream().filter(Problem::error).toList();
  }

  /** What does not prevent the start, by source and line. */
  public List<Problem> warnings() {
    return sorted().stream().filter(problem -> !problem.error()).toList();
  }

  /** Every problem on a line of its own, by source and line; empty when there is none. */
  public String format() {
    String lines = sorted().stream().map(Problem::toString).collect(Collectors.joining("\n"));
    return notKept == 0 ? lines : lines + "\n… and " + notKept + " more";
  }

  private void add(Position at, Severity severity, String path, String message) {
    Problem problem = new Problem(severity, at, path, Secrets.withoutUserInfo(message));
    hasErrors |= problem.error();
    if (all.size() < PROBLEMS_MAX) {
      all.add(problem);
    } else {
      notKept++;
    }
  }

  /** Sources stay in the order in which they were first spoken of. */
  private List<Problem> sorted() {
    List<String> sources = all.stream().map(problem -> problem.at().source()).distinct().toList();
    List<Problem> sorted = new ArrayList<>(all);
    sorted.sort(
        Comparator.<Problem>comparingInt(problem -> sources.indexOf(problem.at().source()))
            .thenComparingInt(problem -> problem.at().line())
            .thenComparingInt(problem -> problem.at().column()));
    return sorted;
  }
}
