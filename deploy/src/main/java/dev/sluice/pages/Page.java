package dev.sluice.pages;

import dev.sluice.receivers.http.HttpHead;
import dev.sluice.receivers.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** What is answered to a GET. Called on the server's one thread. */
@FunctionalInterface
public interface Page {
  /** The answer, or null when there is nothing at the path. */
  @Nullable HttpResponse get(HttpHead head);

  /** This page, and at paths that it does not know the other. */
  default Page or(Page other) {
    return head -> {
      HttpResponse answer = get(head);
      return answer == null ? other.get(head) : answer;
    };
  }
}
