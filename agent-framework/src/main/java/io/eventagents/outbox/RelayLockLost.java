package io.eventagents.outbox;

/** Another relay sends the outbox now: this one did not renew its lead in time. */
final class RelayLockLost extends Exception {

  private static final long serialVersionUID = 1L;

  RelayLockLost(String message) {
    super(message);
  }
}
