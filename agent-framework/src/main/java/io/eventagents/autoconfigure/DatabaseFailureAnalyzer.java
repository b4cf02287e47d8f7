package io.eventagents.autoconfigure;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Says in a line why a start without a database failed and what to do, instead of a stack trace.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class DatabaseFailureAnalyzer implements FailureAnalyzer {

  private static final String URL = "spring.datasource.url";
  private static final String NO_URL = "DataSourceBeanCreationException";
  private static final Pattern TARGET =
      Pattern.compile("jdbc:postgresql:(?://(?:[^@/?]*@)?(?<hosts>[^/?]*)/)?(?<database>[^?/]*).*");

  private final Environment environment;

  DatabaseFailureAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getClass().getSimpleName().equals(NO_URL) && url().isEmpty()) {
        return new FailureAnalysis(
            "This application keeps its data in PostgreSQL, and " + URL + " is not set.",
            "Set "
                + URL
                + "=jdbc:postgresql://host:5432/database, with spring.datasource.username and spring.datasource.password.",
            failure);
      }
      if (cause instanceof SQLException sql) {
        return analysis(sql, failure);
      }
    }
    return null;
  }

  private @Nullable FailureAnalysis analysis(SQLException cause, Throwable failure) {
    Unavailable unavailable = Unavailable.of(String.valueOf(cause.getSQLState()));
    return unavailable == null
        ? null
        : new FailureAnalysis(
            "The database %s %s: %s"
                .formatted(target(), unavailable.what, oneLine(cause.getMessage())),
            unavailable.action,
            failure);
  }

  /** Host, port and database; never anything else of the URL, which may hold a password. */
  private String target() {
    Matcher url = TARGET.matcher(url());
    if (!url.matches()) {
      return "of the DataSource";
    }
    String hosts = url.group("hosts");
    return (hosts == null || hosts.isEmpty() ? "localhost" : hosts) + "/" + url.group("database");
  }

  private String url() {
    return environment.getProperty(URL, "");
  }

  private static String oneLine(@Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("").strip();
  }

  private enum Unavailable {
    NO_CONNECTION(
        "cannot be reached",
        "Start PostgreSQL there, or set " + URL + " to where it runs. Then start again."),
    STARTING("is not ready yet", "Start again when it is."),
    NO_ACCESS(
        "refuses the user",
        "Set spring.datasource.username and spring.datasource.password to what the server knows."),
    READ_ONLY(
        "takes no changes",
        "It is a standby, or read-only: name all hosts and targetServerType=primary in "
            + URL
            + ", or start again when it takes changes."),
    NO_SPACE("has no space left", "Give it more, and start again."),
    NO_DATABASE(
        "does not exist",
        "Create it (createdb, or CREATE DATABASE), or set " + URL + " to one that exists."),
    FULL(
        "takes no more connections",
        "Raise max_connections of the server, or lower spring.datasource.hikari.maximum-pool-size.");

    private final String what;
    private final String action;

    Unavailable(String what, String action) {
      this.what = what;
      this.action = action;
    }

    static @Nullable Unavailable of(String sqlState) {
      return switch (sqlState) {
        case "57P03" -> STARTING;
        case "3D000" -> NO_DATABASE;
        case "53300" -> FULL;
        case "25006" -> READ_ONLY;
        case "53100" -> NO_SPACE;
        default -> {
          if (sqlState.startsWith("08")) {
            yield NO_CONNECTION;
          }
          yield sqlState.startsWith("28") ? NO_ACCESS : null;
        }
      };
    }
  }
}
