package io.eventagents.audit.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordIndexTests {

  @TempDir Path path;

  @Test
  void leavesTheKeyOfARowThatItReplacesAlone() throws IOException {
    IndexedLog.Database database = IndexedLog.Database.create("audit_record_index");
    database
        .jdbc()
        .execute(
            """
            create function audit.refuse() returns trigger language plpgsql as $$
            begin
              raise exception 'the key is set';
            end $$;
            create trigger key_is_set before update of topic_id, topic, partition, "offset"
              on audit.records for each row execute function audit.refuse();
            """);
    try (IndexedLog log = IndexedLog.in(path, database)) {
      log.accept(log.event("chain", "a", "task.created", null, "2025-01-15T10:00:00Z", "{}"));
      database.jdbc().update("update audit.records set data = 'another'");

      database.index().remake(log.directory, List.of(firstLine(log)));
    }

    assertThat(database.jdbc().queryForList("select data from audit.records", String.class))
        .containsExactly("{}");
  }

  private static LogLine firstLine(IndexedLog log) throws IOException {
    String file = log.directory.files().getFirst();
    try (LogReader reader = new LogReader(log.directory, new LogPlace(file, 0))) {
      return Objects.requireNonNull(reader.next(Long.MAX_VALUE));
    }
  }
}
