package io.eventagents.notification.directory;

import java.time.Instant;
import java.util.List;

/**
 * The addresses that providers said do not exist any more: browsers that unsubscribed, apps that
 * were removed, numbers that want no texts. Messages are not sent to them until their recipient is
 * written anew, somebody takes them back, or their retention ends. Thread-safe.
 */
public interface GoneAddresses {

  /**
   * The addresses of an owner on a channel that are gone, those of which that is known longest
   * first.
   *
   * @throws org.springframework.dao.DataAccessException if the database does not answer
   */
  List<GoneAddress> of(String ownerId, String channel);

  /**
   * Remembers that an address is gone, unless the channel is none of {@code
   * notification.gone-addresses.channels}. It does not count if the recipient was written anew,
   * taken back or deleted since the message was sent, or if a later message showed it too.
   *
   * @param address the address itself, of which a digest is stored
   * @param reason what the provider said, for readers of events. The address is left out of it
   * @param sentAt when the message was sent that showed it
   * @throws org.springframework.dao.DataAccessException if the database does not accept it
   */
  void add(String ownerId, String channel, String address, String reason, Instant sentAt);

  /** Forgets those that were remembered long enough. */
  void forget();

  /** Remembers nothing, if there is no database. */
  static GoneAddresses none() {
    return new GoneAddresses() {
      @Override
      public List<GoneAddress> of(String ownerId, String channel) {
        return List.of();
      }

      @Override
      public void add(
          String ownerId, String channel, String address, String reason, Instant sentAt) {}

      @Override
      public void forget() {}
    };
  }
}
