package dev.sluice.exporters.loki;

/** The field numbers of Loki's {@code pkg/push/push.proto}, named as there. */
final class Push {
  private Push() {}

  /** Fields of {@code PushRequest}. */
  static final class Request {
    static final int STREAMS = 1;

    private Request() {}
  }

  /** Fields of {@code StreamAdapter}. */
  static final class StreamAdapter {
    static final int LABELS = 1;
    static final int ENTRIES = 2;

    private StreamAdapter() {}
  }

  /** Fields of {@code EntryAdapter}. */
  static final class Entry {
    static final int TIMESTAMP = 1;
    static final int LINE = 2;
    static final int STRUCTURED_METADATA = 3;

    private Entry() {}
  }

  /** Fields of {@code LabelPairAdapter}. */
  static final class LabelPair {
    static final int NAME = 1;
    static final int VALUE = 2;

    private LabelPair() {}
  }

  /** Fields of {@code google.protobuf.Timestamp}. */
  static final class Timestamp {
    static final int SECONDS = 1;
    static final int NANOS = 2;

    private Timestamp() {}
  }
}
