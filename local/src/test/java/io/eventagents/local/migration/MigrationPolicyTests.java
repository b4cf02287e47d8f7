package io.eventagents.local.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** During an upgrade, instances of the previous version work on the migrated tables. */
class MigrationPolicyTests {

  /** Migrations older than the rule, with the reason why they are safe. */
  private static final Map<String, String> BEFORE_THE_RULE =
      Map.of(
          "scheduling/V2__recurrence_and_calendars", "V4 states what it needs",
          "notification/V4__foreign_text",
              "jsonb becomes text: older instances cast to jsonb when they write, and read text");

  @Test
  void noMigrationRemovesWhatThePreviousVersionNeeds() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<String> excused = new ArrayList<>();
    for (MigrationFile file : MigrationFile.all()) {
      List<String> contractions = Contractions.of(file.script());
      if (contractions.isEmpty() || file.needs() > 0) {
        continue;
      }
      if (BEFORE_THE_RULE.containsKey(file.name())) {
        excused.add(file.name());
      } else {
        wrong.add(
            """
      %s removes something that instances of the previous version rely on, or demands something they don't provide:
        %s
      In this version, only add, so that both versions work: columns with a default or nullable, indexes, tables. Remove in a later version, in a file \
      whose name ends with the migration that makes the old form superfluous: %s_needs_<version>.sql. See docs/decisions/0053."""
                .formatted(
                    file.name(),
                    String.join("\n  ", contractions),
                    file.name().substring(file.name().indexOf('/') + 1)));
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(excused).containsExactlyInAnyOrderElementsOf(BEFORE_THE_RULE.keySet());
  }

  @Test
  void migrationNeedsAnEarlierOneOfTheSameTables() throws IOException {
    Map<String, Set<Integer>> versions = new HashMap<>();
    List<MigrationFile> files = MigrationFile.all();
    files.forEach(
        file ->
            versions.computeIfAbsent(file.location(), key -> new HashSet<>()).add(file.version()));

    assertThat(files)
        .filteredOn(file -> file.needs() > 0)
        .isNotEmpty()
        .allSatisfy(
            file -> {
              assertThat(file.needs()).as(file.name()).isLessThan(file.version());
              assertThat(versions.get(file.location())).as(file.name()).contains(file.needs());
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table tasks drop column due",
        "ALTER TABLE scheduling.tasks\n  RENAME COLUMN due TO due_at",
        "alter table tasks rename to jobs",
        "alter table tasks alter column due set not null",
        "alter table tasks alter column due drop not null",
        "alter table tasks alter due drop default",
        "alter table tasks alter column due type date",
        "alter table tasks alter column due set data type date using due::date",
        "alter table tasks add column due date not null",
        "alter table tasks add column note text default 'none', add column due date not null",
        "alter table tasks add column number int unique",
        "alter table tasks add constraint positive check (priority > 0)",
        "alter table tasks add check (priority > 0)",
        "alter table only tasks add unique (title)",
        "create unique index titles on tasks (title)",
        "drop table tasks",
        "-- a comment; with a semicolon\ndrop table if exists tasks",
        "select 'it''s -- no comment'; truncate tasks",
        "delete from tasks where ended",
        "create table other (id text); alter table tasks drop column due",
      })
  void findsChangesThatOlderInstancesDoNotSurvive(String script) {
    assertThat(Contractions.of(script)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table tasks (id text primary key, type text not null, unique (type))",
        "alter table tasks add column due date",
        "alter table tasks add column due date not null default now()",
        "alter table tasks add column priority int check (priority > 0)",
        "alter table tasks add column event_type text, add column numbered int default 1",
        "create index by_due on tasks (due)",
        "drop index by_due",
        "create table tasks (id text); create unique index ids on tasks (id)",
        "create table s.tasks (id text); alter table tasks alter column id set not null",
        "update tasks set due = now()",
        "comment on table tasks is 'drop table tasks; it''s unused'",
        "-- drop table tasks\n/* truncate tasks; */ select 1",
      })
  void allowsChangesThatOnlyAdd(String script) {
    assertThat(Contractions.of(script)).isEmpty();
  }

  /**
   * @param location the folder, which contains the migrations of one application
   * @param name the folder and the file, without the extension
   * @param needs the migration that an instance must know to work on the result; 0 if none
   */
  private record MigrationFile(
      String location, String name, int version, int needs, String script) {

    private static final String NEEDS = "_needs_";

    static List<MigrationFile> all() throws IOException {
      List<MigrationFile> files = new ArrayList<>();
      for (String pattern :
          List.of("classpath*:db/*/V*.sql", "classpath*:io/eventagents/db/V*.sql")) {
        for (Resource resource : new PathMatchingResourcePatternResolver().getResources(pattern)) {
          files.add(of(resource));
        }
      }
      assertThat(files).extracting(MigrationFile::location).hasSizeGreaterThan(10);
      return files;
    }

    private static MigrationFile of(Resource resource) throws IOException {
      String url = resource.getURL().toString();
      String folder = url.substring(0, url.lastIndexOf('/'));
      String file = url.substring(url.lastIndexOf('/') + 1, url.length() - ".sql".length());
      int needs = file.lastIndexOf(NEEDS);
      return new MigrationFile(
          folder,
          folder.substring(folder.lastIndexOf('/') + 1) + "/" + file,
          Integer.parseInt(file.substring(1, file.indexOf("__"))),
          needs < 0 ? 0 : Integer.parseInt(file.substring(needs + NEEDS.length())),
          resource.getContentAsString(StandardCharsets.UTF_8));
    }
  }
}
