package io.eventagents.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the program says of the audit log that is shipped to tell whether it is unchanged and
 * complete.
 */
final class VerifierCheck implements Check {

  private static final long PATIENCE_SECONDS = 120;

  private final Landscape landscape;
  private final int status;
  private final String verdict;

  /** Everything is in order. */
  VerifierCheck(Landscape landscape) {
    this(landscape, 0, "");
  }

  /**
   * @param status with which it ends
   * @param verdict what is among all that it says
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
        findings.missing("the verdicts on the audit log");
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
