package io.eventagents.notification.directory;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of recipients and of gone addresses for tests of other packages. */
public final class GoneAddressFixtures {

  private GoneAddressFixtures() {}

  /** The table, which remembers addresses on these channels for 90 days. */
  public static GoneAddresses table(JdbcClient database, Set<String> channels, Clock clock) {
    return new GoneAddressTable(
        database, new GoneAddressProperties(channels, Duration.ofDays(90)), clock);
  }

  /** Writes a recipient to the table. */
  public static void put(JdbcClient database, Recipient recipient, Clock clock) {
    new RecipientTable(database, clock).put(recipient);
  }
}
