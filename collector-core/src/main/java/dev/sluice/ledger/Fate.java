package dev.sluice.ledger;

/** What became of something, the worst first. */
public enum Fate {
  /** Items of it were dropped or dead-lettered; it is named among the losses. */
  LOST,
  /** It was in a batch of which items were lost, and nobody said which. */
  PERHAPS_LOST,
  /** Accepted, and not decided yet. */
  HELD,
  /** The backend has confirmed it. */
  DELIVERED,
  /** Not taken: its sender has it, and was told to come again. */
  REFUSED,
  /** Neither among the losses nor among the sampled requests. */
  NOT_RECORDED
}
