package io.eventagents.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The audit log is unchanged and complete, as the program says that is shipped to tell so. */
final class VerifierCheck implements Check {

  private static final long PATIENCE_SECONDS = 120;

  private final Landscape landscape;

  VerifierCheck(Landscape landscape) {
    this.landscape = landscape;
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
      } else if (verify.exitValue() != 0) {
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
