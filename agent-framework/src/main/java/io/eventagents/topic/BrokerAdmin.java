package io.eventagents.topic;

import io.eventagents.send.KafkaBinders;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * The framework's admin client, with the binder's own settings. It is made when it is first needed.
 */
public final class BrokerAdmin implements AutoCloseable {

  private final KafkaBinders kafka;
  private final ReentrantLock making = new ReentrantLock();
  private @Nullable Admin admin;
  private boolean closed;

  /**
   * @param kafka asked for the default binder when the client is made
   */
  public BrokerAdmin(KafkaBinders kafka) {
    this.kafka = kafka;
  }

  /**
   * The client; empty if the binder is not Kafka's, such as the test binder, or the application is
   * stopping.
   */
  public Optional<Admin> client() {
    making.lock();
    try {
      if (admin == null && !closed) {
        admin = kafka.find(null).map(BrokerAdmin::make).orElse(null);
      }
      return closed ? Optional.empty() : Optional.ofNullable(admin);
    } finally {
      making.unlock();
    }
  }

  private static Admin make(KafkaBinders.Settings binder) {
    Map<String, Object> configuration = new HashMap<>(binder.admin());
    configuration.put(AdminClientConfig.CLIENT_ID_CONFIG, "event-agents-admin");
    return Admin.create(configuration);
  }

  @Override
  public void close() {
    making.lock();
    try {
      closed = true;
      if (admin != null) {
        admin.close(Duration.ZERO);
      }
    } finally {
      making.unlock();
    }
  }
}
