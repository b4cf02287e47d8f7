package io.eventagents.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTests {

  @Test
  void isUsedByOneProcessAtATime(@TempDir Path directory) {
    try (DataFolder held = DataFolder.open(directory)) {
      assertThatExceptionOfType(StartRefused.class)
          .isThrownBy(() -> DataFolder.open(held.path()))
          .withMessageContainingAll(directory.toString(), "--local.directory=<folder>");
    }
    try (DataFolder again = DataFolder.open(directory)) {
      assertThat(again.path()).isEqualTo(directory);
    }
  }

  @Test
  void deletesOnlyWhatItStoredThere(@TempDir Path directory) throws IOException {
    try (DataFolder folder = DataFolder.open(directory)) {
      Files.createDirectories(folder.kafka().resolve("task-events-0"));
      Files.createDirectories(folder.postgreSql());
      Files.createDirectories(folder.audit());
      Files.writeString(folder.inbox(), "{}");
      Path notes = Files.writeString(directory.resolve("notes.txt"), "mine");
      folder.empty();

      assertThat(folder.kafka()).doesNotExist();
      assertThat(folder.postgreSql()).doesNotExist();
      assertThat(folder.audit()).doesNotExist();
      assertThat(folder.inbox()).doesNotExist();
      assertThat(notes).exists();
    }
  }

  @Test
  void isTheSameFromTheModuleAndFromTheRepository() {
    try (DataFolder folder = DataFolder.open(Path.of("target/a-data-folder"))) {
      assertThat(folder.path().resolve("../../mvnw")).exists();
    }
  }
}
