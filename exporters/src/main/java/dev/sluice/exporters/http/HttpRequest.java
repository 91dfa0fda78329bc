package dev.sluice.exporters.http;

import java.util.Map;

/**
 * A POST.
 *
 * @param url absolute, {@code http} or {@code https}
 * @param headers those that the protocol needs; configured headers never replace them
 * @param contentType the value of {@code Content-Type}
 * @param encoding what {@code body} was compressed with, for {@code Content-Encoding}
 */
public record HttpRequest(
    String url, Map<String, String> headers, String contentType, Compression encoding, Body body) {}
