package io.eventagents.embedded;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * One broker and one database server for all tests of a JVM, started when first asked for and
 * stopped when the JVM ends.
 *
 * <pre>{@code
 * @DynamicPropertySource
 * static void servers(DynamicPropertyRegistry registry) {
 *   EmbeddedServers.start();
 *   registry.add("spring.kafka.bootstrap-servers", EmbeddedServers.kafka()::bootstrapServers);
 *   registry.add("spring.datasource.url", () -> EmbeddedServers.postgreSql().createDatabase("orders"));
 * }
 * }</pre>
 *
 * <p>They are shared: use your own topics, groups and databases, and don't stop the servers. For an
 * outage start an {@link EmbeddedKafka} or {@link EmbeddedPostgreSql} of your own. The database
 * server is fast rather than durable. Thread-safe.
 */
public final class EmbeddedServers {

  static {
    // Done here, before threads that start servers race to configure the logging.
    QuietLogging.apply();
  }

  private EmbeddedServers() {}

  /** Begins to start both, side by side, and returns at once. */
  public static void start() {
    SharedKafka.STARTING.isDone();
    SharedPostgreSql.STARTING.isDone();
  }

  /**
   * The broker, started when this returns.
   *
   * @throws RuntimeException if it did not start
   */
  public static EmbeddedKafka kafka() {
    return await(SharedKafka.STARTING);
  }

  /**
   * The database server, started when this returns.
   *
   * @throws RuntimeException if it did not start
   */
  public static EmbeddedPostgreSql postgreSql() {
    return await(SharedPostgreSql.STARTING);
  }

  private static <S> S await(CompletableFuture<S> starting) {
    try {
      return starting.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static <S extends AutoCloseable> CompletableFuture<S> starting(
      String name, Supplier<S> start) {
    CompletableFuture<S> future = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("start-" + name)
        .daemon()
        .start(
            () -> {
              try {
                S server = start.get();
                Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> close(server), "stop-" + name));
                future.complete(server);
              } catch (Throwable e) {
                future.completeExceptionally(e);
              }
            });
    return future;
  }

  private static void close(AutoCloseable server) {
    try {
      server.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class SharedKafka {
    static final CompletableFuture<EmbeddedKafka> STARTING =
        starting("kafka", () -> EmbeddedKafka.builder().start());
  }

  private static final class SharedPostgreSql {
    static final CompletableFuture<EmbeddedPostgreSql> STARTING =
        starting("postgresql", () -> EmbeddedPostgreSql.builder().start());
  }
}
