package dev.sluice.pages;

import dev.sluice.receivers.http.HttpHead;
import dev.sluice.receivers.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** What is answered to a GET. Called on the server's one thread. */
@FunctionalInterface
public interface Page {
  /** The answer, or null when there is nothing at the path. */
  @Nullable HttpResponse get(HttpHead head);
}
