package dev.sluice.otlp;

/** Stands in until the JSON transcoding lands. */
public final class JsonToProto {
  private JsonToProto() {}

  public static byte[] request(Signal signal, byte[] json) {
    if (json.length == 0) {
      return json;
    }
    throw new MalformedException("JSON is not there yet");
  }
}
