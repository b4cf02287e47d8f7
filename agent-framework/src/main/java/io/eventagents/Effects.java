package io.eventagents;

/**
 * What an agent does besides returning events, and so what the framework does to make it happen
 * once.
 */
public enum Effects {

  /**
   * Nothing: a function of its input. Needs no database. Handled at least once; a repeat emits the
   * same event ids.
   */
  NONE,

  /**
   * Writes to the application's database. Function, inbox and outbox share one transaction, so its
   * effects happen once. Needs a {@code DataSource}.
   */
  DATABASE,

  /**
   * Calls somebody else: a mail, an HTTP request. Called with no transaction open; a crash in the
   * middle of the call repeats it, so the call carries a key made from {@link Event#eventId()}.
   * Events older than the agent's {@code max-age} (24 h by default) are counted and left. Needs a
   * {@code DataSource}.
   */
  EXTERNAL
}
