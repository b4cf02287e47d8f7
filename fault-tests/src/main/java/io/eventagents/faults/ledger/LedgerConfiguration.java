package io.eventagents.faults.ledger;

import io.eventagents.Agent;
import io.eventagents.DatabaseSchema;
import io.eventagents.Effects;
import io.eventagents.Event;
import io.eventagents.EventType;
import io.eventagents.Ordering;
import io.eventagents.RejectedEvent;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Books every change of an account in order, and refuses the changes that one of its tables lists.
 */
@Configuration(proxyBeanMethods = false)
public class LedgerConfiguration {

  private static final String SCHEMA = "ledger";

  @EventType("account.changed")
  record AccountChanged(String accountId, int step, String note) {}

  @EventType("entry.booked")
  record EntryBooked(String accountId, int step) {}

  @Bean
  DatabaseSchema ledgerSchema(DataSource dataSource, Environment environment) {
    return DatabaseSchema.migrate(dataSource, SCHEMA, "classpath:db/ledger", environment);
  }

  @Bean
  @Agent(effects = Effects.DATABASE, ordering = Ordering.STRICT)
  Function<Event<AccountChanged>, EntryBooked> ledgerAgent(
      JdbcClient database, DatabaseSchema ledgerSchema) {
    return event -> {
      AccountChanged change = event.data();
      boolean isRefused =
          database
              .sql("select exists (select 1 from ledger.refused_note where note = :note)")
              .param("note", change.note())
              .query(Boolean.class)
              .single();
      if (isRefused) {
        throw new RejectedEvent("The ledger refuses changes with the note " + change.note());
      }
      database
          .sql("insert into ledger.entry (account_id, step) values (:account, :step)")
          .param("account", change.accountId())
          .param("step", change.step())
          .update();
      return new EntryBooked(change.accountId(), change.step());
    };
  }
}
