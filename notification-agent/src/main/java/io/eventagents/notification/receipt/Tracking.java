package io.eventagents.notification.receipt;

/** Remembers what was sent, for the receipts that come for it. Thread-safe. */
public interface Tracking {

  /**
   * Remembers a message, in the caller's transaction where there is one. Called again it changes
   * nothing.
   *
   * @throws org.springframework.dao.DataAccessException where the database does not take it
   */
  void expect(TrackedMessage message);

  /** Forgets messages that receipts no longer come for. */
  void forget();

  /** Where no receipts are configured. */
  static Tracking none() {
    return new Tracking() {
      @Override
      public void expect(TrackedMessage message) {}

      @Override
      public void forget() {}
    };
  }
}
