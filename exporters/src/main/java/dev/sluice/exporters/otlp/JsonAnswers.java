package dev.sluice.exporters.otlp;

import dev.sluice.exporters.http.HttpAnswer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads what an OTLP peer answers in JSON. What cannot be read says nothing. */
final class JsonAnswers {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonAnswers() {}

  static PartialSuccess partialSuccess(byte[] body) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return PartialSuccess.FULL;
      }
      PartialSuccess found = PartialSuccess.FULL;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean partial = isOneOf(parser.currentName(), "partialSuccess", "partial_success");
        if (parser.nextToken() == JsonToken.START_OBJECT && partial) {
          found = ofObject(parser);
        } else {
          parser.skipChildren();
        }
      }
      return found;
    } catch (JacksonException | NumberFormatException _) {
      return PartialSuccess.FULL;
    }
  }

  private static PartialSuccess ofObject(JsonParser parser) {
    long rejected = 0;
    String message = "";
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.startsWith("rejected") && value.isScalarValue()) {
        rejected = Long.parseLong(parser.getString());
      } else if (isOneOf(name, "errorMessage", "error_message") && value.isScalarValue()) {
        message = HttpAnswer.line(parser.getString());
      } else {
        parser.skipChildren();
      }
    }
    return new PartialSuccess(rejected, message);
  }

  static RpcStatus status(byte[] body) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return RpcStatus.NONE;
      }
      String message = "";
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean wanted = parser.currentName().equals("message");
        if (parser.nextToken() == JsonToken.VALUE_STRING && wanted) {
          message = HttpAnswer.line(parser.getString());
        } else {
          parser.skipChildren();
        }
      }
      return new RpcStatus(message, -1);
    } catch (JacksonException _) {
      return RpcStatus.NONE;
    }
  }

  private static boolean isOneOf(String name, String camel, String snake) {
    return name.equals(camel) || name.equals(snake);
  }
}
