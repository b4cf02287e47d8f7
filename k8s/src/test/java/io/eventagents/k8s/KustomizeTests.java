package io.eventagents.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The objects that the tests check are those that Kustomize renders. Skipped if neither {@code
 * kustomize} nor {@code kubectl} is installed.
 */
class KustomizeTests {

  @TempDir static Path home;

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/development", "../examples/k8s"})
  void rendersTheSameObjects(String directory) throws Exception {
    Optional<List<String>> kustomize = command(directory);
    assumeTrue(kustomize.isPresent(), "Neither kustomize nor kubectl is installed");

    List<ObjectNode> rendered = Kustomization.documents(run(kustomize.orElseThrow()));

    assertThat(Kustomization.render(Path.of(directory)))
        .containsExactlyInAnyOrderElementsOf(rendered);
  }

  private static Optional<List<String>> command(String directory) {
    if (onPath("kustomize")) {
      return Optional.of(List.of("kustomize", "build", directory));
    }
    return onPath("kubectl")
        ? Optional.of(List.of("kubectl", "kustomize", directory))
        : Optional.empty();
  }

  private static boolean onPath(String program) {
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Path errors = home.resolve("errors");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    // The command asks no cluster and reads nobody's configuration.
    builder.environment().put("HOME", home.toString());
    builder.environment().put("KUBECONFIG", home.resolve("none").toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(() -> read(errors)).isZero();
    return output;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
