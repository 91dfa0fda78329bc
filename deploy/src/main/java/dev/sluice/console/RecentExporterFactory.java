package dev.sluice.console;

import dev.sluice.config.Endpoint;
import dev.sluice.config.Section;
import dev.sluice.otlp.Signal;
import dev.sluice.pages.Page;
import dev.sluice.pages.PageAccess;
import dev.sluice.pages.PageServer;
import dev.sluice.pipeline.Exporter;
import dev.sluice.pipeline.ExporterContext;
import dev.sluice.pipeline.ExporterFactory;
import dev.sluice.pipeline.SenderSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code recent} exporter: the last minutes in memory, and a page that shows them. All signals
 * of one component id share a store. Used by the one thread that wires.
 */
public final class RecentExporterFactory implements ExporterFactory {
  private final Map<String, Shown> stores = new LinkedHashMap<>();

  private record Shown(RecentStore store, Endpoint endpoint, PageAccess.Granted access) {}

  @Override
  public String type() {
    return "recent";
  }

  @Override
  public Plan read(Section section) {
    RecentSettings settings = RecentSettings.read(section);
    return new Plan(
        SenderSettings.DEFAULTS,
        true,
        EnumSet.allOf(Signal.class),
        context -> make(settings, context));
  }

  /**
   * The pages of the exporters that were made; the wiring starts and stops them.
   *
   * @param more what else is served there
   */
  public List<PageServer> servers(Page more) {
    List<PageServer> servers = new ArrayList<>();
    stores.forEach((id, shown) ->
        servers.add(
            new PageServer(
                id, shown.endpoint, new RecentPage(shown.store).or(more), shown.access)));
    return servers;
  }

  private Exporter make(RecentSettings settings, ExporterContext context) {
    Shown shown =
        stores.computeIfAbsent(
            context.id(),
            id -> {
              RecentStore store =
                  new RecentStore(
                      settings.bytesMax(), settings.ageMax().toNanos(), context.clock());
              return new Shown(
                  store,
                  settings.endpoint(),
                  settings
                      .access()
                      .grantedBy(context.security(), context.meters(), context.clock()));
            });
    return new RecentExporter(shown.store);
  }
}
