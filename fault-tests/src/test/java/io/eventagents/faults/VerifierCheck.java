package io.eventagents.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The verdict of the shipped command {@code verify}: whether the audit log is unchanged and
 * complete.
 */
final class VerifierCheck implements Check {

  private static final long PATIENCE_SECONDS = 120;

  private final Landscape landscape;
  private final int status;
  private final String verdict;

  /** Expects that everything is in order. */
  VerifierCheck(Landscape landscape) {
    this(landscape, 0, "");
  }

  /**
   * @param status the expected exit code
   * @param verdict a text that it must print
   */
  VerifierCheck(Landscape landscape, int status, String verdict) {
    this.landscape = landscape;
    this.status = status;
    this.verdict = verdict;
  }

  @Override
  public void check(Topics topics, Findings findings) {
    Path jar = Application.executable(Application.AUDIT.programName(), "-exec");
    try {
      Process verify =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-Xmx128m",
                      "-jar",
                      jar.toString(),
                      "verify",
                      landscape.auditLog().toString(),
                      "--broker",
                      landscape.bootstrapServers()))
              .redirectErrorStream(true)
              .start();
      String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!verify.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        verify.destroyForcibly();
        findings.missing("the verdict on the audit log");
      } else if (verify.exitValue() != status || !said.contains(verdict)) {
        findings.wrong("verify exits with " + verify.exitValue() + ":\n" + said);
      } else {
        System.out.println(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
