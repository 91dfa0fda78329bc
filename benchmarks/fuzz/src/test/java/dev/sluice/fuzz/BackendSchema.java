package dev.sluice.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;

/**
 * The protobuf messages of the backends, read from {@code backends.txt}, as proto3: strings must be
 * UTF-8. Immutable.
 */
public enum BackendSchema {
  /** Remote write 1.0. */
  WRITE_REQUEST("WriteRequest"),
  /** Remote write 2.0. */
  REQUEST("Request"),
  /** Loki's push. */
  PUSH_REQUEST("PushRequest");

  private static final FileDescriptor FILE = file();

  private final String message;

  BackendSchema(String message) {
    this.message = message;
  }

  /**
   * Parses a request that is not compressed.
   *
   * @throws AssertionError when the schema cannot parse it, or does not know a field of it
   */
  public Message parse(byte[] request) {
    Descriptor type = Objects.requireNonNull(FILE.findMessageTypeByName(message));
    try {
      Message parsed = DynamicMessage.parseFrom(type, request);
      assertKnown(parsed);
      return parsed;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("no " + message, e);
    }
  }

  private static void assertKnown(Message parsed) {
    if (!parsed.getUnknownFields().asMap().isEmpty()) {
      throw new AssertionError("unknown fields in " + parsed);
    }
    for (FieldDescriptor field : parsed.getAllFields().keySet()) {
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && field.isRepeated()) {
        for (int i = 0; i < parsed.getRepeatedFieldCount(field); i++) {
          assertKnown((Message) parsed.getRepeatedField(field, i));
        }
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        assertKnown((Message) parsed.getField(field));
      }
    }
  }

  private static FileDescriptor file() {
    FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder().setSyntax("proto3");
    for (String line : lines()) {
      if (!line.startsWith(" ")) {
        file.addMessageType(DescriptorProto.newBuilder().setName(line));
      } else {
        file.getMessageTypeBuilder(file.getMessageTypeCount() - 1)
            .addField(field(line.strip().split(" ")));
      }
    }
    try {
      return FileDescriptor.buildFrom(file.build(), new FileDescriptor[0]);
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FieldDescriptorProto field(String[] words) {
    FieldDescriptorProto.Builder field =
        FieldDescriptorProto.newBuilder()
            .setNumber(Integer.parseInt(words[0]))
            .setLabel(Label.valueOf("LABEL_" + words[1].toUpperCase(Locale.ROOT)))
            .setName(words[3]);
    return Character.isUpperCase(words[2].charAt(0))
        ? field.setTypeName("." + words[2]).build()
        : field.setType(Type.valueOf("TYPE_" + words[2].toUpperCase(Locale.ROOT))).build();
  }

  private static Iterable<String> lines() {
    try (InputStream in = BackendSchema.class.getResourceAsStream("backends.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
