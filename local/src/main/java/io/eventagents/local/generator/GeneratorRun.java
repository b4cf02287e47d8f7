package io.eventagents.local.generator;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** Generates chains in the background once all agents run. */
public final class GeneratorRun
    implements ApplicationListener<ApplicationReadyEvent>, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(GeneratorRun.class);

  private final ChainGenerator generator;
  private @Nullable Thread thread;

  /**
   * @param bootstrapServers the broker
   * @param kafka further settings of its clients
   */
  public GeneratorRun(Generation generation, String bootstrapServers, Map<String, String> kafka) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("linger.ms", "20");
    settings.put("batch.size", "131072");
    this.generator = new ChainGenerator(generation, settings, Clock.systemUTC());
  }

  @Override
  public synchronized void onApplicationEvent(ApplicationReadyEvent ready) {
    if (thread == null) {
      thread = Thread.ofPlatform().name("generate-chains").daemon().start(this::run);
    }
  }

  private void run() {
    try {
      generator.publish();
    } catch (InterruptedException | InterruptException e) {
      log.info("No more chains are generated: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.error("Generating chains ended: {}", e.getMessage(), e);
    }
  }

  /** Stops generating; the chains published so far remain. */
  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.interrupt();
      try {
        thread.join(5000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
