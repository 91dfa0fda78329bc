package dev.sluice.receivers.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** An HTTP client that exports to a bench. */
final class HttpExport implements AutoCloseable {
  static final String PROTOBUF = "application/x-protobuf";
  static final String JSON = "application/json";

  private final OtlpBench bench;
  private final OkHttpClient client =
      new OkHttpClient.Builder().readTimeout(30, TimeUnit.SECONDS).build();

  /** An answer, read in full. */
  record Answer(Response response, byte[] body) {
    int status() {
      return response.code();
    }

    String text() {
      return new String(body, UTF_8);
    }

    String header(String name) {
      return String.valueOf(response.header(name));
    }
  }

  HttpExport(OtlpBench bench) {
    this.bench = bench;
  }

  Answer post(String path, String type, byte[] body) throws IOException {
    return send(request(path, type, body).build());
  }

  Answer post(String path, String type, String encoding, byte[] body) throws IOException {
    return send(request(path, type, body).header("Content-Encoding", encoding).build());
  }

  Request.Builder request(String path, String type, byte[] body) {
    return new Request.Builder()
        .url("http://127.0.0.1:" + bench.receiver.httpPort() + path)
        .post(RequestBody.create(body, MediaType.parse(type)));
  }

  Answer send(Request request) throws IOException {
    try (Response response = client.newCall(request).execute()) {
      return new Answer(response, Objects.requireNonNull(response.body()).bytes());
    }
  }

  CompletableFuture<Answer> postLater(String path, String type, byte[] body) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    client
        .newCall(request(path, type, body).build())
        .enqueue(
            new Callback() {
              @Override
              public void onFailure(Call call, IOException e) {
                answer.completeExceptionally(e);
              }

              @Override
              public void onResponse(Call call, Response response) throws IOException {
                try (response) {
                  answer.complete(new Answer(response, response.body().bytes()));
                }
              }
            });
    return answer;
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
