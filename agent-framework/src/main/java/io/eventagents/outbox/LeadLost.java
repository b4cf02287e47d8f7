package io.eventagents.outbox;

/** Another relay sends the outbox now: this one was not heard of for too long. */
final class LeadLost extends Exception {

  private static final long serialVersionUID = 1L;

  LeadLost(String message) {
    super(message);
  }
}
