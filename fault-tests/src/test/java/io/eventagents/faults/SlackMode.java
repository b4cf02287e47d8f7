package io.eventagents.faults;

/** The ways in which the webhook answers. */
enum SlackMode {
  FINE,
  /** 429 with {@code Retry-After: 1}. */
  LIMITING,
  /** 500. */
  BROKEN,
  /** No answer. */
  HANGING,
  /** The connection is reset. */
  RESETTING,
  /** A status of success, then garbage, then the end of the connection. */
  BREAKING_OFF
}
