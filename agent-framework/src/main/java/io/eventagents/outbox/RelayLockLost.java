package io.eventagents.outbox;

/** Another relay sends the outbox now: this one was not heard of for too long. */
final class RelayLockLost extends Exception {

  private static final long serialVersionUID = 1L;

  RelayLockLost(String message) {
    super(message);
  }
}
