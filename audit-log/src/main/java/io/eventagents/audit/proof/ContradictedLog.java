package io.eventagents.audit.proof;

/** The log is not what was signed of it. */
final class ContradictedLog extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Contradiction contradiction;

  ContradictedLog(Contradiction contradiction) {
    super(contradiction.toString());
    this.contradiction = contradiction;
  }

  Contradiction contradiction() {
    return contradiction;
  }
}
