package io.eventagents.local;

import io.eventagents.embedded.EmbeddedKafka;
import io.eventagents.embedded.EmbeddedPostgreSql;
import io.eventagents.local.inbox.MailServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The embedded servers. They start in parallel, and in parallel to the application context, which
 * waits for each server before it first needs it.
 */
final class LocalServers implements AutoCloseable {

  static final String DATABASE = "event_agents";

  private final List<Starting<?>> all = new ArrayList<>();
  private @Nullable Starting<EmbeddedPostgreSql> database;

  void startKafka(EmbeddedKafka.Builder builder) {
    all.add(new Starting<>("Kafka", builder::start));
  }

  void startPostgreSql(EmbeddedPostgreSql.Builder builder) {
    database =
        new Starting<>(
            "PostgreSQL",
            () -> {
              EmbeddedPostgreSql server = builder.start();
              server.createDatabase(DATABASE);
              return server;
            });
    all.add(database);
  }

  void startMail(Supplier<MailServer> start) {
    all.add(new Starting<>("mail server", start));
  }

  /**
   * Returns when the database server is ready, or immediately if none is embedded.
   *
   * @throws StartRefused if it does not start
   */
  void awaitDatabase() {
    if (database != null) {
      database.await();
    }
  }

  /**
   * Returns when all servers are ready.
   *
   * @throws StartRefused if one does not start
   */
  void awaitAll() {
    all.forEach(Starting::await);
  }

  /**
   * Stops the servers in parallel and returns when they are stopped. A second call does nothing.
   */
  @Override
  public void close() {
    List<Thread> stopping = all.stream().map(Starting::stop).toList();
    all.clear();
    for (Thread thread : stopping) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static final class Starting<S extends AutoCloseable> {

    private final String name;
    private final CompletableFuture<S> server = new CompletableFuture<>();

    Starting(String name, Supplier<S> start) {
      this.name = name;
      Thread.ofPlatform()
          .name("start " + name)
          .daemon()
          .start(
              () -> {
                try {
                  server.complete(start.get());
                } catch (Throwable e) {
                  server.completeExceptionally(e);
                }
              });
    }

    void await() {
      try {
        server.join();
      } catch (CompletionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        throw new StartRefused(
            "The embedded %s did not start: %s".formatted(name, cause.getMessage()), cause);
      }
    }

    Thread stop() {
      return Thread.ofPlatform().name("stop " + name).start(this::close);
    }

    private void close() {
      S started = server.exceptionally(failed -> null).join();
      try {
        // A server that did not start has nothing to close.
        if (started != null) {
          started.close();
        }
      } catch (Exception e) {
        throw new IllegalStateException("Could not stop the embedded " + name, e);
      }
    }
  }
}
