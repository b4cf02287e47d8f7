package io.eventagents.audit.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.audit.log.LogContent;
import io.eventagents.audit.log.LogFiles;
import io.eventagents.audit.proof.VerificationKey;
import io.eventagents.audit.secondverifier.SecondVerifier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the verifier that was written from the documentation alone says of the same log. */
final class SecondOpinion {

  private SecondOpinion() {}

  /** Both verdicts have to be the same. */
  static void agrees(
      Path log, @Nullable VerificationKey pinned, List<Path> kept, VerificationResult result)
      throws IOException {
    Path copy = Files.createTempDirectory("second-opinion");
    try {
      if (copy(log, copy)) {
        SecondVerifier.Result second =
            SecondVerifier.verify(
                copy, pinned == null ? List.of() : List.of(pinned.toString()), kept);
        assertThat(second.told()).as("a verdict: %s", second.findings()).isTrue();
        assertThat(second.unchanged())
            .as("UNCHANGED, for %s, beside %s", second.findings(), result.unchanged())
            .isEqualTo(result.unchanged().holds());
        assertThat(second.complete())
            .as("COMPLETE, for %s, beside %s", second.holes(), result.complete())
            .isEqualTo(result.complete().holds());
        assertThat(second.breaks()).hasSize(result.breaks().size());
      }
    } finally {
      delete(copy);
    }
  }

  /**
   * Copies a log without compression, which that verifier does not read.
   *
   * @return whether its verdict is to be the same; what is wrong with a compressed file it cannot
   *     see
   */
  private static boolean copy(Path log, Path copy) throws IOException {
    for (Path file : files(log)) {
      String name = file.getFileName().toString();
      if (!name.endsWith(LogFiles.COMPRESSED)) {
        Files.copy(file, copy.resolve(name));
        continue;
      }
      String plain = name.substring(0, name.length() - LogFiles.COMPRESSED.length());
      if (Files.exists(log.resolve(plain))) {
        return false;
      }
      try (LogContent content = LogFiles.openCompressed(file)) {
        ByteBuffer text = ByteBuffer.allocate((int) content.size());
        content.readFully(text, 0);
        Files.write(copy.resolve(plain), text.array());
      } catch (IOException damaged) {
        return false;
      }
    }
    return true;
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return new ArrayList<>(files.filter(Files::isRegularFile).toList());
    }
  }

  private static void delete(Path directory) throws IOException {
    for (Path file : files(directory)) {
      Files.delete(file);
    }
    Files.delete(directory);
  }
}
