package io.eventagents;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start would do to a schema: its version, what this version of the application knows, and
 * which instances can work on it before and after.
 *
 * <p>The description of a migration that removes something says what an instance must know to work
 * without it: {@code drop old due at needs 7}. The schema's history keeps the description, so even
 * a version without the migration reads whether it can work on the schema.
 *
 * @param schema the name of the schema
 * @param migrations all migrations that this version or the history knows
 */
record SchemaUpgrade(String schema, List<MigrationInfo> migrations) {

  private static final Logger log = LoggerFactory.getLogger(SchemaUpgrade.class);

  private static final String NEEDS = " needs ";

  static SchemaUpgrade of(String schema, MigrationInfoService history) {
    return new SchemaUpgrade(schema, List.of(history.all()));
  }

  /**
   * Returns if the schema may be migrated and used.
   *
   * @throws IncompatibleSchema otherwise
   */
  void check(NoOlderInstances none) {
    Optional<MigrationVersion> applied =
        latest(versioned().filter(migration -> isApplied(migration.getState())));
    if (applied.isEmpty()) {
      return; // Nobody works on a schema that is made now.
    }
    MigrationVersion known =
        latest(versioned().filter(migration -> migration.getState().isResolved()))
            .orElse(MigrationVersion.EMPTY);
    if (applied.get().isNewerThan(known)) {
      requireThisWorksOn(applied.get(), known);
    } else {
      requireOthersWorkOn(known, applied.get(), none);
    }
  }

  private void requireThisWorksOn(MigrationVersion applied, MigrationVersion known) {
    MigrationVersion needed =
        needed(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS);
    if (needed.isNewerThan(known)) {
      throw new IncompatibleSchema(
          "A newer version of this application has brought the schema %s to version %s. This one knows version %s of it and does not work on that, which needs %s."
              .formatted(schema, applied, known, needed),
          "Start the newer version. The way back to this one is a backup of the database from before the upgrade.");
    }
    log.info(
        "A newer version of this application has brought the schema {} to version {}; this one, which knows {}, works on it too",
        schema,
        applied,
        known);
  }

  private void requireOthersWorkOn(
      MigrationVersion known, MigrationVersion applied, NoOlderInstances none) {
    MigrationVersion needed = needed(migration -> migration.getState() == MigrationState.PENDING);
    if (needed.isNewerThan(applied) && !none.on(schema, applied.toString())) {
      throw new IncompatibleSchema(
          "The schema %s is at version %s, and this version of the application brings it to %s. An instance that knows version %s only would fail on that, which needs %s, and give up events; so nothing is changed."
              .formatted(schema, applied, known, applied, needed),
          "Stop all older instances of this application, then start it with %s=%s."
              .formatted(
                  NoOlderInstances.SETTING, NoOlderInstances.entry(schema, applied.toString())));
    }
  }

  /** What an instance must know to work on a schema with these migrations. */
  private MigrationVersion needed(Predicate<MigrationInfo> which) {
    return versioned()
        .filter(which)
        .map(MigrationInfo::getDescription)
        .filter(description -> description.contains(NEEDS))
        .map(
            description ->
                MigrationVersion.fromVersion(
                    description.substring(description.lastIndexOf(NEEDS) + NEEDS.length()).strip()))
        .max(Comparator.naturalOrder())
        .orElse(MigrationVersion.EMPTY);
  }

  private Stream<MigrationInfo> versioned() {
    return migrations.stream().filter(migration -> migration.getVersion() != null);
  }

  /** A schema with tables of others has a baseline but none of our migrations yet. */
  private static boolean isApplied(MigrationState state) {
    return state.isApplied() && state != MigrationState.BASELINE;
  }

  private static Optional<MigrationVersion> latest(Stream<MigrationInfo> migrations) {
    return migrations.map(MigrationInfo::getVersion).max(Comparator.naturalOrder());
  }
}
