package dev.sluice.exporters.loki;

import dev.sluice.exporters.http.HttpClientSettings;
import org.jspecify.annotations.Nullable;

/**
 * The {@code loki} exporter as configured.
 *
 * @param url where to push
 * @param tenant for the {@code X-Scope-OrgID} header, or null when it is left to {@code http}
 * @param format of lines, unless a hint asks for another
 * @param structuredMetadata false for a Loki that takes none: then only labels and line are sent
 */
record LokiSettings(
    HttpClientSettings http,
    String url,
    @Nullable String tenant,
    PushEncoding encoding,
    LineFormat format,
    boolean structuredMetadata,
    LabelSettings labels,
    Limits limits) {}
