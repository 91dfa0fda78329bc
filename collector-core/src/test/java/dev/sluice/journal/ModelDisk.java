package dev.sluice.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * A disk in memory that can crash at any operation, lose what was not forced, tear writes, and
 * fail. Used by one thread.
 *
 * <p>What was written is kept twice: as the kernel has it, which a killed process leaves behind,
 * and as the medium has it. After a power loss each page that was not forced is there or not, by
 * chance, and of the names the first few changes since the folder was forced.
 */
final class ModelDisk implements Disk {
  private static final int PAGE_BYTES = 4096;

  /** What an operation does. */
  enum Operation {
    CREATE,
    WRITE,
    TRUNCATE,
    FORCE,
    FORCE_FOLDER,
    RENAME,
    DELETE,
    READ,
    LIST
  }

  /** The process, or the machine, has stopped in the midst of an operation. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("crash", null, false, false);
    }
  }

  /** A file's content, whatever its name. */
  private static final class Content {
    byte[] kernel = new byte[0];
    byte[] medium = new byte[0];

    /** The pages that the kernel has yet to write. */
    final BitSet dirty = new BitSet();

    void write(ByteBuffer source, long position, int length) {
      int end = Math.toIntExact(position + length);
      if (end > kernel.length) {
        kernel = Arrays.copyOf(kernel, end);
      }
      source.get(kernel, (int) position, length);
      if (length > 0) {
        dirty.set((int) position / PAGE_BYTES, (end - 1) / PAGE_BYTES + 1);
      }
    }

    void force() {
      medium = Arrays.copyOf(medium, kernel.length);
      for (int page = dirty.nextSetBit(0); page >= 0; page = dirty.nextSetBit(page + 1)) {
        int at = page * PAGE_BYTES;
        int end = Math.min(kernel.length, at + PAGE_BYTES);
        if (at < end) {
          System.arraycopy(kernel, at, medium, at, end - at);
        }
      }
      dirty.clear();
    }

    /** As a kernel does: the pages count as written, though they are not. */
    void failToForce() {
      dirty.clear();
    }

    void losePower(SplittableRandom random) {
      int least = Math.min(kernel.length, medium.length);
      int most = Math.max(kernel.length, medium.length);
      byte[] left = Arrays.copyOf(medium, random.nextInt(least, most + 1));
      for (int page = dirty.nextSetBit(0); page >= 0; page = dirty.nextSetBit(page + 1)) {
        int at = page * PAGE_BYTES;
        int end = Math.min(Math.min(left.length, kernel.length), at + PAGE_BYTES);
        if (random.nextBoolean() && at < end) {
          System.arraycopy(kernel, at, left, at, end - at);
        }
      }
      kernel = left;
      medium = left.clone();
      dirty.clear();
    }
  }

  private final TreeMap<Path, Content> names = new TreeMap<>();
  private final List<Map<Path, Content>> unforcedNames = new ArrayList<>();
  private final Map<Path, Boolean> locks = new HashMap<>();
  private final SplittableRandom random;
  private Map<Path, Content> forcedNames = new TreeMap<>();
  private BiPredicate<Operation, Path> fails = (operation, path) -> false;
  private String failure = "";
  private long operationsLeft = Long.MAX_VALUE;
  private long operations;
  private boolean crashed;

  /** Bytes that fit; a write beyond fails after some of it. */
  long capacityBytes = Long.MAX_VALUE;

  ModelDisk(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Crashes in the midst of the operation that comes after so many more. */
  void crashAfter(long count) {
    operationsLeft = count;
  }

  /** Operations that change something, so far. */
  long operations() {
    return operations;
  }

  /** From now on these operations fail. */
  void fail(String reason, BiPredicate<Operation, Path> which) {
    failure = reason;
    fails = which;
  }

  void works() {
    fails = (operation, path) -> false;
  }

  /** The process is gone; what it gave to the kernel is there. */
  void restartAfterKill() {
    crashed = false;
    operationsLeft = Long.MAX_VALUE;
    locks.clear();
  }

  /** The machine was without power: only what was forced is surely there. */
  void restartAfterPowerLoss() {
    restartAfterKill();
    unforcedNames.addFirst(forcedNames);
    Map<Path, Content> left = unforcedNames.get(random.nextInt(unforcedNames.size()));
    names.clear();
    names.putAll(left);
    unforcedNames.clear();
    forcedNames = new TreeMap<>(names);
    names.values().forEach(content -> content.losePower(random));
  }

  byte[] bytes(Path file) {
    return content(file).kernel.clone();
  }

  void put(Path file, byte[] bytes) {
    Content content = new Content();
    content.kernel = bytes.clone();
    content.medium = bytes.clone();
    names.put(file, content);
    forcedNames.put(file, content);
  }

  List<Path> files(String suffix) {
    return names.keySet().stream().filter(file -> file.toString().endsWith(suffix)).toList();
  }

  void remove(Path file) {
    names.remove(file);
    forcedNames.remove(file);
    unforcedNames.clear();
  }

  private Content content(Path file) {
    Content content = names.get(file);
    if (content == null) {
      throw new AssertionError("no " + file);
    }
    return content;
  }

  private void check(Operation operation, Path path) throws IOException {
    if (crashed) {
      throw new Crash();
    }
    if (fails.test(operation, path)) {
      throw new IOException(path + ": " + failure);
    }
  }

  /** Whether the crash is now. */
  private boolean crashes(Operation operation, Path path) throws IOException {
    check(operation, path);
    operations++;
    if (operationsLeft-- > 0) {
      return false;
    }
    crashed = true;
    return true;
  }

  private void change(Operation operation, Path path, Runnable body) throws IOException {
    boolean crash = crashes(operation, path);
    if (!crash || random.nextBoolean()) {
      body.run();
    }
    if (crash) {
      throw new Crash();
    }
  }

  private void changeNames(Operation operation, Path path, Runnable body) throws IOException {
    change(
        operation,
        path,
        () -> {
          body.run();
          unforcedNames.add(new TreeMap<>(names));
        });
  }

  private final class Open implements DiskFile {
    private final Path path;
    private final Content content;

    Open(Path path, Content content) {
      this.path = path;
      this.content = content;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      check(Operation.READ, path);
      int length = (int) Math.min(target.remaining(), content.kernel.length - position);
      if (length <= 0) {
        return -1;
      }
      int some = random.nextInt(4) == 0 ? random.nextInt(1, length + 1) : length;
      target.put(content.kernel, (int) position, some);
      return some;
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      boolean crash = crashes(Operation.WRITE, path);
      long room = Math.max(0, capacityBytes - usedBytes());
      long grows = Math.max(0, position + source.remaining() - content.kernel.length);
      boolean full = grows > room;
      int length = source.remaining();
      if (full || crash) {
        int most = full ? (int) Math.max(0, Math.min(length, length - grows + room)) : length;
        length = random.nextInt(most + 1);
      }
      content.write(source, position, length);
      if (crash) {
        throw new Crash();
      }
      if (full) {
        throw new IOException(path + ": No space left on device");
      }
    }

    @Override
    public long size() throws IOException {
      check(Operation.READ, path);
      return content.kernel.length;
    }

    @Override
    public void truncate(long size) throws IOException {
      change(
          Operation.TRUNCATE,
          path,
          () -> {
            if (size < content.kernel.length) {
              content.kernel = Arrays.copyOf(content.kernel, (int) size);
            }
          });
    }

    @Override
    public void force() throws IOException {
      try {
        change(Operation.FORCE, path, content::force);
      } catch (IOException e) {
        content.failToForce();
        throw e;
      }
    }

    @Override
    public void close() {}
  }

  private long usedBytes() {
    return names.values().stream().mapToLong(content -> content.kernel.length).sum();
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    check(Operation.LIST, folder);
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    check(Operation.LIST, folder);
    return names.keySet().stream().map(path -> String.valueOf(path.getFileName())).toList();
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    Content content = new Content();
    changeNames(Operation.CREATE, file, () -> names.put(file, content));
    return new Open(file, content);
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return openToRead(file);
  }

  @Override
  public DiskFile openToRead(Path file) throws IOException {
    check(Operation.READ, file);
    Content content = names.get(file);
    if (content == null) {
      throw new NoSuchFileException(file.toString());
    }
    return new Open(file, content);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    change(
        Operation.FORCE_FOLDER,
        folder,
        () -> {
          forcedNames = new TreeMap<>(names);
          unforcedNames.clear();
        });
  }

  @Override
  public void rename(Path source, Path target) throws IOException {
    if (!names.containsKey(source)) {
      throw new NoSuchFileException(source.toString());
    }
    changeNames(Operation.RENAME, target, () -> names.put(target, names.remove(source)));
  }

  @Override
  public void delete(Path file) throws IOException {
    changeNames(Operation.DELETE, file, () -> names.remove(file));
  }

  @Override
  public long usableBytes(Path folder) {
    return capacityBytes == Long.MAX_VALUE ? 1L << 50 : Math.max(0, capacityBytes - usedBytes());
  }

  @Override
  public Closeable lock(Path file) throws IOException {
    check(Operation.LIST, file);
    if (locks.putIfAbsent(file, true) != null) {
      throw new IOException(file + " is locked");
    }
    return () -> locks.remove(file);
  }
}
