package dev.sluice.config;

/**
 * Where something stands in the configuration: a source, and the line and column in it.
 *
 * @param source the file as it was given, or what stands for one: {@code env:NAME}, {@code --set}
 * @param line counted from 1; 0 for the source as a whole
 * @param column counted from 1; 0 for the source as a whole
 */
public record Position(String source, int line, int column) {

  /** The whole of a source, for what has no line of its own. */
  public static Position of(String source) {
    return new Position(source, 0, 0);
  }

  /** The form that editors and terminals make clickable: {@code config.yaml:12:5}. */
  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
