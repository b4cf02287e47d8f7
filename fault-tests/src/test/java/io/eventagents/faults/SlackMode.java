package io.eventagents.faults;

/** How the webhook answers. */
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
  /** A status of success, then rubbish, then the end. */
  BREAKING_OFF
}
