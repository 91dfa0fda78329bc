package dev.sluice;

import dev.sluice.config.Config;
import dev.sluice.config.Endpoint;
import dev.sluice.config.Problem;
import dev.sluice.config.Problems;
import dev.sluice.pages.ApiSettings;
import dev.sluice.pages.HealthSettings;
import java.util.List;

/**
 * The program: does what the command line asks for and returns the exit code. One thread.
 *
 * <p>Commands answer on standard output; problems and logs go to standard error.
 */
public final class Main {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int MISUSED = 2;

  private final Host host;
  private final Memory memory;
  private final Components components;

  Main(Host host, Memory memory) {
    this.host = host;
    this.memory = memory;
    components = new Components(host.out());
  }

  /** Runs the program and exits. */
  public static void main(String[] arguments) {
    Host host = Host.ofProcess();
    int status = FAILED;
    try {
      status = new Main(host, Memory.ofProcess()).run(arguments);
    } catch (RuntimeException | Error e) {
      // A bug. Threads that run already must not keep a process that does not work.
      e.printStackTrace(host.err());
    }
    host.err().flush();
    System.exit(status);
  }

  /** Does what {@code arguments} ask for; returns the exit code. */
  int run(String... arguments) {
    Command command = new Arguments(host.environment()).parse(arguments);
    return switch (command) {
      case Command.Run run -> run(run);
      case Command.Validate validate -> validate(validate.sources());
      case Command.PrintConfig print -> printConfig(print);
      case Command.Health health -> new HealthProbe(host).ask(address(health), health.ready());
      case Command.OnDisk(String group, List<String> rest) ->
          new DiskCommand(host, components, memory).run(group, rest);
      case Command.Explain explain -> new ExplainProbe(host).ask(address(explain), explain);
      case Command.Components() -> answer(components.listed(Resources.version()));
      case Command.Version() -> answer("sluice version " + Resources.version() + "\n");
      case Command.Help(String text) -> answer(text);
      case Command.Misused(String reason) -> misused(reason);
    };
  }

  private int run(Command.Run run) {
    Configuration configuration = load(run.sources());
    if (configuration.problems().hasErrors()) {
      return refused(configuration.problems());
    }
    return new Service(host, components, memory, Resources.version()).run(run, configuration);
  }

  private int validate(Command.Sources sources) {
    Problems problems = load(sources).problems();
    if (problems.hasErrors()) {
      return refused(problems);
    }
    print(problems.warnings());
    return answer("The configuration is valid.\n");
  }

  private int printConfig(Command.PrintConfig print) {
    Configuration configuration = load(print.sources());
    if (configuration.problems().hasErrors()) {
      return refused(configuration.problems());
    }
    Config config = configuration.config();
    return answer(print.redacted() ? config.redacted() : config.unredacted());
  }

  private String address(Command.Health health) {
    if (!health.endpoint().isEmpty()) {
      return health.endpoint();
    }
    List<HealthSettings> pages = load(health.sources()).blueprint().healthPages();
    if (pages.isEmpty()) {
      return "";
    }
    HealthSettings page = pages.getFirst();
    String scheme = page.access().tls() == null ? "http://" : "https://";
    return scheme + local(page.endpoint()) + page.path();
  }

  private String address(Command.Explain explain) {
    if (!explain.endpoint().isEmpty()) {
      return explain.endpoint();
    }
    List<ApiSettings> pages = load(explain.sources()).blueprint().apiPages();
    Endpoint endpoint = pages.isEmpty() ? ApiSettings.ENDPOINT : pages.getFirst().endpoint();
    return local(endpoint).toString();
  }

  /** An endpoint as a client on this machine reaches it: all addresses are loopback to it. */
  private static Endpoint local(Endpoint endpoint) {
    String host = endpoint.host();
    boolean all = host.isEmpty() || host.equals("0.0.0.0") || host.equals("::");
    return all ? new Endpoint("127.0.0.1", endpoint.port()) : endpoint;
  }

  private Configuration load(Command.Sources sources) {
    return Configuration.load(host, sources, components, memory);
  }

  private int refused(Problems problems) {
    print(problems.warnings());
    print(problems.errors());
    int count = problems.errors().size();
    host.err()
        .println("The configuration is refused: " + (count == 1 ? "1 error." : count + " errors."));
    return FAILED;
  }

  private int misused(String reason) {
    host.err().println(reason);
    host.err().println("sluice --help tells the commands and options.");
    return MISUSED;
  }

  private int answer(String text) {
    host.out().print(text);
    host.out().flush();
    return OK;
  }

  private void print(List<Problem> problems) {
    problems.forEach(problem -> host.err().println(problem));
  }
}
