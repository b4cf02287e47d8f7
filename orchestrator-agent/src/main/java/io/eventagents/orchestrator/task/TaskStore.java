package io.eventagents.orchestrator.task;

import io.eventagents.Rows;
import io.eventagents.StorableText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The tasks in the database. */
public final class TaskStore {

  private static final String COLUMNS =
      "position, id, title, owner_id, priority, due_at, recurrence, time_zone, status, created_at,"
          + " updated_at, version";

  private final JdbcClient jdbc;

  public TaskStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(Task task) {
    values(
            jdbc.sql(
                """
                insert into orchestrator.tasks
                  (id, title, owner_id, priority, due_at, recurrence, time_zone, status,
                   created_at, updated_at, version)
                values
                  (:id, :title, :owner_id, :priority, :due_at, :recurrence, :time_zone, :status,
                   :created_at, :updated_at, :version)
                """),
            task)
        .param("created_at", Rows.utc(task.createdAt()))
        .update();
  }

  void update(Task task) {
    values(
            jdbc.sql(
                """
                update orchestrator.tasks
                set title = :title, owner_id = :owner_id, priority = :priority, due_at = :due_at,
                  recurrence = :recurrence, time_zone = :time_zone, status = :status,
                  updated_at = :updated_at, version = :version
                where id = :id
                """),
            task)
        .update();
  }

  Optional<Task> find(String id) {
    return find(id, "");
  }

  /** Locks the row until the transaction ends, so that changes of a task wait for each other. */
  Optional<Task> lock(String id) {
    return find(id, " for update");
  }

  TaskPage page(TaskFilter filter, TaskCursor after, int limit) {
    List<String> conditions = new ArrayList<>(List.of("position < :position"));
    if (filter.ownerId() != null) {
      conditions.add("owner_id = :owner_id");
    }
    conditions.add(filter.status() == null ? "status <> 'deleted'" : "status = :status");
    StatementSpec query =
        jdbc.sql(
                "select %s from orchestrator.tasks where %s order by position desc limit :limit"
                    .formatted(COLUMNS, String.join(" and ", conditions)))
            .param("position", after.position())
            .param("limit", limit + 1); // the extra row tells whether there is another page
    if (filter.ownerId() != null) {
      query = query.param("owner_id", filter.ownerId());
    }
    if (filter.status() != null) {
      query = query.param("status", filter.status().wireName());
    }
    List<Row> rows =
        query.query((row, number) -> new Row(row.getLong("position"), task(row))).list();
    boolean more = rows.size() > limit;
    List<Row> shown = more ? rows.subList(0, limit) : rows;
    return new TaskPage(
        shown.stream().map(Row::task).toList(),
        more ? new TaskCursor(shown.get(limit - 1).position()) : null);
  }

  private Optional<Task> find(String id, String suffix) {
    return jdbc.sql("select " + COLUMNS + " from orchestrator.tasks where id = :id" + suffix)
        // Clients may ask for any id; a real one is its own key.
        .param("id", StorableText.key(id))
        .query((row, number) -> task(row))
        .optional();
  }

  private static StatementSpec values(StatementSpec statement, Task task) {
    return statement
        .param("id", task.id())
        .param("title", task.title())
        .param("owner_id", task.ownerId())
        .param("priority", task.priority())
        .param("due_at", Rows.utcOrNull(task.dueAt()), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("recurrence", task.recurrence(), Types.VARCHAR)
        .param("time_zone", task.timeZone(), Types.VARCHAR)
        .param("status", task.status().wireName())
        .param("updated_at", Rows.utc(task.updatedAt()))
        .param("version", task.version());
  }

  private static Task task(ResultSet row) throws SQLException {
    return new Task(
        row.getString("id"),
        row.getString("title"),
        row.getString("owner_id"),
        row.getInt("priority"),
        Rows.instantOrNull(row, "due_at"),
        row.getString("recurrence"),
        row.getString("time_zone"),
        TaskStatus.of(row.getString("status")).orElseThrow(),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"),
        row.getLong("version"));
  }

  private record Row(long position, Task task) {}
}
