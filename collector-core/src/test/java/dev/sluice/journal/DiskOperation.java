package dev.sluice.journal;

/** What an operation on a {@link ModelDisk} does; those before READ change something. */
enum DiskOperation {
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
