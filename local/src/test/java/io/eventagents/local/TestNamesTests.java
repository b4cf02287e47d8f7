package io.eventagents.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The names of unit tests end in {@code Tests}; those of fault tests, which need the jars that
 * {@code verify} builds, end in {@code IT}.
 */
class TestNamesTests {

  @Test
  void namesOfTestClassesEndInTests() throws IOException {
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      List<Path> sources =
          modules
              .map(module -> module.resolve("src/test/java"))
              .filter(Files::isDirectory)
              .toList();
      assertThat(sources).hasSizeGreaterThan(5);
      for (Path source : sources) {
        try (Stream<Path> files = Files.walk(source)) {
          assertThat(files.filter(file -> file.toString().endsWith("Test.java"))).isEmpty();
        }
      }
    }
  }
}
