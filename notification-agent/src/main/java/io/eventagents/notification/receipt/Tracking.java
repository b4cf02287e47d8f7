package io.eventagents.notification.receipt;

/** Remembers messages for their receipts. Thread-safe. */
public interface Tracking {

  /**
   * Remembers a message, in the caller's transaction if there is one. A second call changes
   * nothing.
   *
   * @throws org.springframework.dao.DataAccessException if the database does not accept it
   */
  void expect(TrackedMessage message);

  /** Forgets messages that are too old for receipts. */
  void forget();

  /** Tracks nothing, if no receipts are configured. */
  static Tracking none() {
    return new Tracking() {
      @Override
      public void expect(TrackedMessage message) {}

      @Override
      public void forget() {}
    };
  }
}
