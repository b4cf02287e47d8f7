package io.eventagents.local.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/**
 * The statements of a script in lower case, with one space between words, without comments and
 * string literals.
 */
final class Statements {

  private final String script;
  private final StringBuilder statement = new StringBuilder();
  private final List<String> statements = new ArrayList<>();

  private Statements(String script) {
    this.script = script;
  }

  static List<String> of(String script) {
    Statements read = new Statements(script);
    int at = 0;
    while (at < script.length()) {
      at = read.next(at);
    }
    read.end();
    return read.statements;
  }

  private int next(int at) {
    if (script.startsWith("--", at)) {
      return after("\n", at);
    }
    if (script.startsWith("/*", at)) {
      return after("*/", at + 2);
    }
    char c = script.charAt(at);
    switch (c) {
      case '\'' -> {
        statement.append(" '' ");
        return after("'", at + 1);
      }
      case ';' -> end();
      case '(', ')', ',' -> statement.append(' ').append(c).append(' ');
      default -> statement.append(c);
    }
    return at + 1;
  }

  private int after(String end, int from) {
    int found = script.indexOf(end, from);
    statement.append(' ');
    return found < 0 ? script.length() : found + end.length();
  }

  private void end() {
    StringTokenizer words = new StringTokenizer(statement.toString().toLowerCase(Locale.ROOT));
    List<String> found = new ArrayList<>();
    while (words.hasMoreTokens()) {
      found.add(words.nextToken());
    }
    if (!found.isEmpty()) {
      statements.add(String.join(" ", found));
    }
    statement.setLength(0);
  }
}
