package io.eventagents.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the database finds the next rows. */
@Timeout(60)
class OutboxPlanTests {

  /**
   * After a vacuum of an empty table all its indexes seem to cost the same, and the one of the ids
   * was chosen to find an earlier parked row of the same key: all lower ids for each row. Without
   * the right index it would always be chosen, if it could.
   */
  @Test
  void earlierRowsAreNeverLookedThroughForEachRow() throws Exception {
    TestDatabase database = TestDatabase.create();
    Outbox outbox = new Outbox(database.dataSource(), database.schema());
    database.sql("DROP INDEX SCHEMA.outbox_parked").update();

    try (RelayLock lead = RelayLockTests.candidate(database, outbox)) {
      String plan = lead.inTransaction(connection -> plan(connection, outbox.table().sendable()));

      assertThat(plan).contains("SubPlan").doesNotContain("Index Cond: (id < ");
    }
  }

  private static String plan(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet plan =
            statement.executeQuery(
                "EXPLAIN " + query.replaceFirst("\\?", "1000").replaceFirst("\\?", "1000000"))) {
      StringBuilder lines = new StringBuilder();
      while (plan.next()) {
        lines.append(plan.getString(1)).append('\n');
      }
      return lines.toString();
    }
  }
}
