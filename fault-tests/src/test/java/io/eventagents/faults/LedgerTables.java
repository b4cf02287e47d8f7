package io.eventagents.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the ledger has booked, what it is told to refuse, and what waits for it.
 *
 * @param databaseUrl with user and password
 */
record LedgerTables(String databaseUrl) {

  /** The agent that keeps them. */
  static final String AGENT = "ledger-agent";

  /** Changes with this note are refused, until they are taken. */
  static final String REFUSED = "refused";

  /** Changes with this note are always taken. */
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

  /** How many events wait behind one that failed. */
  int held() {
    return integers(
            "select count(*) from %s.held_event where agent = ?"
                .formatted(Application.RECEIPTS.schema()),
            AGENT)
        .getFirst();
  }

  /** How many keys are held. */
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
      throw new IllegalStateException("The ledger cannot be looked into", e);
    }
  }

  private void update(String command, String parameter) {
    try (Connection connection = DriverManager.getConnection(databaseUrl);
        PreparedStatement statement = connection.prepareStatement(command)) {
      statement.setString(1, parameter);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("The ledger cannot be told what to refuse", e);
    }
  }
}
