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
   * Calls somebody else: a mail, an HTTP request. Called with no transaction open. The call is
   * repeated if the process that made it could not record that: it ended, or another instance took
   * its partition over while the database was away. So it carries a key made from {@link
   * Event#eventId()}. While the database is known to take no writes, no call is made. Events older
   * than the agent's {@code max-age} (24 h by default) are counted and left. Needs a {@code
   * DataSource}.
   */
  EXTERNAL
}
