package io.eventagents.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs that change files in the audit log's directory while the audit agent writes it. */
@Tag("extended")
@WithSystem
@SuppressWarnings("try") // a load works until it is closed
class AuditFileFaultsIT {

  /** As rsync or the restore of a backup does: the copy is older than the file it replaces. */
  @Test
  void copyThatReplacesTheFileOfTheDayLosesNothing(FaultySystem system) throws Exception {
    try (TaskLoad load = system.load(12)) {
      for (int i = 0; i < 3; i++) {
        system.journal().awaitMore(15);
        Path file = newest(system.landscape().auditLog());
        Path copy =
            Files.createTempFile(
                Objects.requireNonNull(file.getParent()).getParent(), "copy", ".jsonl");
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        long copied = Files.size(copy);
        system.journal().awaitMore(10);
        Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
        assertThat(copied).isPositive();
      }
      system.journal().awaitMore(15);
    }

    system.reconcile();
  }

  private static Path newest(Path log) throws IOException {
    try (Stream<Path> files = Files.list(log)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".jsonl"))
          .max(Comparator.comparing(file -> file.getFileName().toString()))
          .orElseThrow();
    }
  }
}
