package io.eventagents.audit.verification;

import io.eventagents.Broker;
import io.eventagents.DependencyUnavailable;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogDirectoryUnusable;
import io.eventagents.audit.proof.BreakStatement;
import io.eventagents.audit.proof.LogBreak;
import io.eventagents.audit.proof.NoBreak;
import io.eventagents.audit.proof.SigningKeyUnusable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * {@code state-break}, as it is called from a shell while no agent runs: names for good what was
 * signed and is in no file any more, and has the log signed again. Exits with 0 where that is done,
 * 1 where there is nothing to state, 2 where that could not be told or done.
 */
public final class StateBreakCommand {

  /** The word that {@code java -jar audit-agent-exec.jar} is followed by. */
  public static final String NAME = "state-break";

  private static final int STATED = 0;
  private static final int NOTHING = 1;
  private static final int FAILED = 2;

  private final PrintStream out;
  private final PrintStream err;
  private final Clock clock;

  /**
   * @param out told what was stated
   * @param err told why nothing was
   */
  public StateBreakCommand(PrintStream out, PrintStream err, Clock clock) {
    this.out = out;
    this.err = err;
    this.clock = clock;
  }

  /**
   * States the break.
   *
   * @param arguments those after {@link #NAME}
   * @return the exit code
   */
  public int run(List<String> arguments) {
    if (arguments.contains("--help")) {
      out.println(StateBreakArguments.USAGE);
      return STATED;
    }
    try {
      LogBreak stated = state(StateBreakArguments.of(arguments));
      out.println("Stated for good: " + stated + ".");
      out.println("The log is signed again from here on. Start the agent, and verify the log.");
      return STATED;
    } catch (IllegalArgumentException e) {
      err.println(NAME + ": " + e.getMessage() + "; " + StateBreakArguments.USAGE);
    } catch (NoBreak e) {
      err.println(NAME + ": " + e.getMessage());
      return NOTHING;
    } catch (LogDirectoryUnusable e) {
      err.println(NAME + ": " + e.getMessage() + " " + e.action());
    } catch (SigningKeyUnusable e) {
      err.println(
          NAME + ": " + e.getMessage() + " Name the key that signs the log by --signing-key.");
    } catch (IOException | UncheckedIOException | DependencyUnavailable | KafkaException e) {
      err.println(NAME + ": " + e.getMessage());
    }
    return FAILED;
  }

  private LogBreak state(StateBreakArguments arguments) throws IOException, NoBreak {
    // One that has no id must not get one here.
    LogVerifier.logId(arguments.directory());
    String address = arguments.broker();
    if (address == null) {
      return state(arguments, null);
    }
    Properties settings = VerifyCommand.settings(address, arguments.brokerConfiguration());
    try (Admin admin = Admin.create(settings);
        KafkaRecords records = new KafkaRecords(settings)) {
      return state(arguments, new PublishedNotesOnly(admin, records));
    }
  }

  private LogBreak state(StateBreakArguments arguments, @Nullable Broker broker)
      throws IOException, NoBreak {
    try (LogDirectory directory = LogDirectory.open(arguments.directory())) {
      return new BreakStatement(directory, arguments.signingKey(), broker, clock)
          .state(arguments.by(), arguments.because());
    }
  }

  /** A broker that is read, and nothing else. */
  private record PublishedNotesOnly(Admin client, KafkaRecords records) implements Broker {

    @Override
    public Optional<Admin> admin() {
      return Optional.of(client);
    }

    @Override
    public CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
      return CompletableFuture.failedFuture(
          new UnsupportedOperationException("The agent publishes, when it is started"));
    }

    @Override
    public void read(Collection<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> each) {
      try {
        Set<String> there = client.listTopics().names().get();
        for (String topic : topics) {
          if (there.contains(topic)) {
            records.read(topic, each::accept);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DependencyUnavailable("the broker, which was being asked", e);
      } catch (ExecutionException | IOException e) {
        throw new DependencyUnavailable(
            "the broker (" + e.getMessage() + "); see that --broker names one", e);
      }
    }
  }
}
