package io.eventagents.local.migration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Changes in a migration that an instance of the previous version may not survive. */
final class Contractions {

  private static final List<String> OF_COLUMNS =
      List.of(
          " drop column ",
          " rename ",
          " set not null",
          " drop not null",
          " drop default",
          " add constraint ",
          " add check ",
          " add unique ",
          " add primary key ",
          " add foreign key ",
          " add exclude ");
  private static final List<String> OF_TABLES =
      List.of(
          "drop table ",
          "drop schema ",
          "drop sequence ",
          "drop type ",
          "drop view ",
          "drop function ",
          "truncate ",
          "delete from ",
          "create trigger ",
          "create rule ",
          "alter type ");

  private final Set<String> created = new HashSet<>();
  private final List<String> found = new ArrayList<>();

  private Contractions() {}

  /** The statements of a script that make such changes. */
  static List<String> of(String script) {
    Contractions contractions = new Contractions();
    Statements.of(script).forEach(contractions::look);
    return contractions.found;
  }

  private void look(String statement) {
    if (statement.startsWith("create table ")) {
      created.add(name(statement, "create table "));
    } else if (statement.startsWith("alter table ")) {
      alter(statement);
    } else if (statement.startsWith("create unique index ")) {
      if (!created.contains(name(statement, " on "))) {
        found.add(statement);
      }
    } else if (OF_TABLES.stream().anyMatch(statement::startsWith)) {
      found.add(statement);
    }
  }

  private void alter(String statement) {
    if (created.contains(name(statement, "alter table "))) {
      return; // Created in this file, so no instance uses it yet.
    }
    String padded = statement + " ";
    boolean requires =
        clauses(statement).stream()
            .map(clause -> clause + " ")
            .filter(clause -> clause.contains("add column "))
            .anyMatch(
                clause ->
                    clause.contains(" unique ")
                        || clause.contains(" primary key ")
                        || (clause.contains(" not null ")
                            && !clause.contains(" default ")
                            && !clause.contains(" generated ")));
    boolean isOfAnotherType = padded.contains(" alter ") && padded.contains(" type ");
    if (requires || isOfAnotherType || OF_COLUMNS.stream().anyMatch(padded::contains)) {
      found.add(statement);
    }
  }

  /** The clauses of an {@code alter table}, separated by commas outside parentheses. */
  private static List<String> clauses(String statement) {
    List<String> clauses = new ArrayList<>();
    StringBuilder clause = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < statement.length(); i++) {
      char c = statement.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        clauses.add(clause.toString());
        clause.setLength(0);
      } else {
        clause.append(c);
      }
    }
    clauses.add(clause.toString());
    return clauses;
  }

  /** The table named after these words, without its schema. */
  private static String name(String statement, String words) {
    String rest = statement.substring(statement.indexOf(words) + words.length());
    for (String option : List.of("if not exists ", "if exists ", "only ")) {
      rest = rest.startsWith(option) ? rest.substring(option.length()) : rest;
    }
    int end = rest.indexOf(' ');
    String name = end < 0 ? rest : rest.substring(0, end);
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
