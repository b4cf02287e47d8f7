package io.eventagents.audit.verification;

import io.eventagents.audit.proof.LogName;
import io.eventagents.audit.proof.MalformedNote;
import io.eventagents.audit.proof.VerificationKey;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * {@code verify}, as it is called from a shell: offline unless a broker is named. Exits with 0
 * where the log is unchanged and complete, 1 if it is not, 2 where that could not be told, 3 where
 * it is but for breaks that were stated.
 */
public final class VerifyCommand {

  /** The word that {@code java -jar audit-agent-exec.jar} is followed by. */
  public static final String NAME = "verify";

  private static final int GOOD = 0;
  private static final int DEVIATING = 1;
  private static final int UNKNOWN = 2;
  private static final int BROKEN = 3;

  private final String usage;
  private final PrintStream out;
  private final PrintStream err;
  private final Clock clock;

  /**
   * As the agent's executable jar has it.
   *
   * @param out takes the verdicts
   * @param err takes progress, and why there are none
   */
  public VerifyCommand(PrintStream out, PrintStream err, Clock clock) {
    this("audit-agent-exec.jar " + NAME, out, err, clock);
  }

  VerifyCommand(String program, PrintStream out, PrintStream err, Clock clock) {
    this.usage = "usage: java -jar " + program + VerifyArguments.USAGE;
    this.out = out;
    this.err = err;
    this.clock = clock;
  }

  /**
   * Verifies.
   *
   * @param arguments those after {@link #NAME}
   * @return the exit code
   */
  public int run(List<String> arguments) {
    if (arguments.contains("--help")) {
      out.println(usage);
      return GOOD;
    }
    try {
      VerificationResult result = verify(VerifyArguments.of(arguments));
      new VerificationReport(out).print(result);
      return !result.isGood() ? DEVIATING : result.breaks().isEmpty() ? GOOD : BROKEN;
    } catch (IllegalArgumentException e) {
      err.println("verify: " + e.getMessage() + "; " + usage);
    } catch (NoSuchFileException e) {
      err.println("verify: there is no " + e.getFile() + "; name one that is there");
    } catch (IOException | MalformedNote | KafkaException e) {
      err.println("verify: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      err.println("verify: interrupted");
    }
    return UNKNOWN;
  }

  private VerificationResult verify(VerifyArguments arguments)
      throws IOException, MalformedNote, InterruptedException {
    Path directory = arguments.directory();
    VerificationKey pinned = pinned(arguments.key(), LogVerifier.logId(directory));
    for (Path checkpoints : arguments.checkpoints()) {
      if (!Files.isReadable(checkpoints)) {
        throw new IOException(checkpoints + " cannot be read; name a file with checkpoints");
      }
    }
    String broker = arguments.broker();
    if (broker == null) {
      return verify(arguments, pinned, null);
    }
    Properties settings = settings(broker, arguments.brokerConfiguration());
    try (Admin admin = Admin.create(settings);
        KafkaRecords records = new KafkaRecords(settings)) {
      return verify(arguments, pinned, new BrokerEvidence(admin, records, true));
    }
  }

  private VerificationResult verify(
      VerifyArguments arguments, @Nullable VerificationKey pinned, @Nullable BrokerEvidence broker)
      throws IOException, InterruptedException {
    LogVerifier verifier =
        new LogVerifier(
            arguments.directory(), pinned, arguments.checkpoints(), broker, null, clock);
    if (!arguments.progress() && !isTerminal()) {
      return verifier.verify((bytes, of) -> {});
    }
    Progress progress = new Progress(err);
    try {
      return verifier.verify(progress);
    } finally {
      progress.end();
    }
  }

  private static @Nullable VerificationKey pinned(@Nullable Path file, String logId)
      throws IOException, MalformedNote {
    if (file == null) {
      return null;
    }
    try {
      return VerificationKey.read(file, LogName.of(logId));
    } catch (MalformedNote e) {
      throw new MalformedNote(
          file + " is no key: " + e.getMessage() + "; give a copy of signing-key.pub, or PEM", e);
    }
  }

  static Properties settings(String broker, @Nullable Path configuration) throws IOException {
    Properties settings = new Properties();
    if (configuration != null) {
      try (InputStream in = Files.newInputStream(configuration)) {
        settings.load(in);
      }
    }
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, broker);
    settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
    settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
    return settings;
  }

  /** Since Java 22 there is a console also where nobody looks, which it says itself. */
  @SuppressWarnings("SystemConsoleNull") // Until Java 21 there may be none.
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** A line that is written over and over. */
  private static final class Progress implements VerificationListener {

    private final PrintStream err;
    private final long begin = System.nanoTime();
    private int told = -1;

    Progress(PrintStream err) {
      this.err = err;
    }

    @Override
    public void at(long bytes, long of) {
      int percent = of == 0 ? 100 : (int) (bytes * 100 / of);
      if (percent != told) {
        told = percent;
        double seconds = (System.nanoTime() - begin) / 1e9;
        err.printf(
            "\r%3d %% of %d MiB, %.0f MiB/s ", percent, of >> 20, bytes / seconds / (1 << 20));
        err.flush();
      }
    }

    void end() {
      err.println();
    }
  }
}
