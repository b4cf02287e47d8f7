package io.eventagents.outbox;

/** What an {@link OutboxRelay} is doing. */
public enum RelayState {

  /** Not started, or stopped. */
  STOPPED,

  /** Another instance sends. This one takes over when that one is gone. */
  STANDING_BY,

  /** Sends what is stored. */
  SENDING,

  /** The broker does not acknowledge. Nothing is lost meanwhile. */
  WAITING_FOR_BROKER,

  /** The database does not answer. */
  WAITING_FOR_DATABASE
}
