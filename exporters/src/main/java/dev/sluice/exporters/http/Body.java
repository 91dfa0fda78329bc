package dev.sluice.exporters.http;

import dev.sluice.otlp.Telemetry;
import dev.sluice.pipeline.Batch;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a message, in pieces that are never joined unless somebody needs them joined.
 * Immutable as long as the arrays are; may be shared between threads.
 *
 * @param pieces in order
 * @param size the bytes of all pieces
 */
public record Body(List<Piece> pieces, int size) {
  /** Some bytes of an array. */
  public record Piece(byte[] array, int offset, int length) {}

  public static Body of(byte[] array) {
    return of(array, 0, array.length);
  }

  public static Body of(byte[] array, int offset, int length) {
    return new Body(List.of(new Piece(array, offset, length)), length);
  }

  /** The parts of a batch, one after the other: one valid OTLP request. */
  public static Body of(Batch batch) {
    List<Piece> pieces = new ArrayList<>(batch.parts().size());
    for (Telemetry part : batch.parts()) {
      pieces.add(new Piece(part.bytes(), 0, part.size()));
    }
    return new Body(List.copyOf(pieces), Math.toIntExact(batch.bytes()));
  }

  /** Copies all pieces to {@code target}, from {@code offset} on. */
  public void copyTo(byte[] target, int offset) {
    int position = offset;
    for (Piece piece : pieces) {
      System.arraycopy(piece.array, piece.offset, target, position, piece.length);
      position += piece.length;
    }
  }

  /** The bytes in an array of their own. */
  public byte[] toByteArray() {
    byte[] joined = new byte[size];
    copyTo(joined, 0);
    return joined;
  }

  /**
   * The bytes as one piece: the body's own when it has one, otherwise a copy in {@code scratch}.
   */
  Piece joined(Scratch scratch) {
    if (pieces.size() == 1) {
      return pieces.getFirst();
    }
    byte[] copy = scratch.atLeast(size);
    copyTo(copy, 0);
    return new Piece(copy, 0, size);
  }
}
