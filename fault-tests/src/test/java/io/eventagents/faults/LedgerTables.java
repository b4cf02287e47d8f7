package io.eventagents.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of the ledger: what it has booked, what it must refuse, and what it holds.
 *
 * @param databaseUrl the database, with user and password
 */
record LedgerTables(String databaseUrl) {

  /** The agent that keeps the ledger. */
  static final String AGENT = "ledger-agent";

  /** Changes with this note are refused as long as the ledger is told so. */
  static final String REFUSED = "refused";

  /** Changes with this note are always accepted. */
  static final String FINE = "fine";

  void refuse() {
    update("insert into ledger.refused_note (note) values (?)", REFUSED);
  }

  void refuseNothing() {
    update("delete from ledger.refused_note where note = ?", REFUSED);
  }

  /** The steps of an account, in the order in which they were booked. */
  List<Integer> steps(String accountId) {
    return integers("select step from ledger.entry where account_id = ? order by id", accountId);
  }

  /** The number of events that wait behind a failed one. */
  int held() {
    return integers(
            "select count(*) from %s.held_event where agent = ?"
                .formatted(Application.RECEIPTS.schema()),
            AGENT)
        .getFirst();
  }

  /** The number of held keys. */
  int heldKeys() {
    return integers(
            "select count(*) from %s.held_key where agent = ?"
                .formatted(Application.RECEIPTS.schema()),
            AGENT)
        .getFirst();
  }

  private List<Integer> integers(String query, String parameter) {
    try (Connection connection = DriverManager.getConnection(databaseUrl);
        PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, parameter);
      List<Integer> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getInt(1));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException("Could not query the ledger", e);
    }
  }

  private void update(String command, String parameter) {
    try (Connection connection = DriverManager.getConnection(databaseUrl);
        PreparedStatement statement = connection.prepareStatement(command)) {
      statement.setString(1, parameter);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("Could not change what the ledger refuses", e);
    }
  }
}
