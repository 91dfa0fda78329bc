package dev.sluice.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.ledger.Conservation;
import dev.sluice.ledger.Explanation;
import dev.sluice.ledger.Question;
import dev.sluice.pipeline.PipelineStatus;
import dev.sluice.receivers.http.HttpHead;
import dev.sluice.receivers.http.HttpResponse;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What became of an item, and whether all items are accounted for. Thread-safe; keeps its server's
 * thread busy for as long as it takes to read the losses on disk, which are bounded.
 *
 * <p>{@code /api/explain?trace_id=…}, {@code ?log=…} or {@code ?series=…} and {@code
 * /api/conservation}, as JSON, or with {@code &format=text} as a text for a person.
 */
public final class LedgerPage implements Page {
  private static final Map<String, Function<String, Question>> QUESTIONS =
      Map.of("trace_id", Question::trace, "log", Question::log, "series", Question::series);
  private static final String WANTED =
      "one of trace_id, log and series is wanted, as in /api/explain?trace_id=…";

  private final Function<Question, Explanation> ledger;
  private final Supplier<Conservation> law;
  private final Supplier<List<PipelineStatus>> pipelines;

  /**
   * A page that asks these.
   *
   * @param pipelines how they are at the moment of the call
   */
  public LedgerPage(
      Function<Question, Explanation> ledger,
      Supplier<Conservation> law,
      Supplier<List<PipelineStatus>> pipelines) {
    this.ledger = ledger;
    this.law = law;
    this.pipelines = pipelines;
  }

  @Override
  public @Nullable HttpResponse get(HttpHead head) {
    return switch (head.path()) {
      case "/api/explain" -> explain(head.query());
      case "/api/conservation" -> conservation(head.query());
      default -> null;
    };
  }

  private HttpResponse explain(String query) {
    try {
      Map<String, String> parameters = parameters(query);
      Question question = question(parameters);
      Explanation explanation = ledger.apply(question);
      List<PipelineStatus> now =
          pipelines.get().stream().filter(one -> one.signal() == question.signal()).toList();
      return isText(parameters)
          ? HttpResponse.text(200, Story.tell(explanation, now))
          : HttpResponse.json(200, ExplanationReport.write(explanation, now));
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage());
      return HttpResponse.json(400, Json.object(json -> json.writeStringProperty("error", reason)));
    }
  }

  private static Question question(Map<String, String> parameters) {
    List<String> asked = QUESTIONS.keySet().stream().filter(parameters::containsKey).toList();
    if (asked.size() != 1) {
      throw new IllegalArgumentException(WANTED);
    }
    String kind = asked.getFirst();
    Function<String, Question> read = QUESTIONS.getOrDefault(kind, Question::trace);
    return read.apply(parameters.getOrDefault(kind, ""));
  }

  private HttpResponse conservation(String query) {
    Conservation now = law.get();
    return isText(parameters(query))
        ? HttpResponse.text(200, Story.tell(now))
        : HttpResponse.json(200, ConservationReport.write(now));
  }

  private static boolean isText(Map<String, String> parameters) {
    return "text".equals(parameters.get("format"));
  }

  /** Throws IllegalArgumentException for an escape that is none. */
  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new TreeMap<>();
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parameters.put(
            part.substring(0, equals), URLDecoder.decode(part.substring(equals + 1), UTF_8));
      }
    }
    return parameters;
  }
}
