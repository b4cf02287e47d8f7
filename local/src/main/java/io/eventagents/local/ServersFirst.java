package io.eventagents.local;

import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Lets the context start in parallel to the servers and wait for them when it needs them: for the
 * database before any bean gets the data source, for the others before the first bean with a
 * lifecycle starts, such as a binding to Kafka.
 */
@Configuration(proxyBeanMethods = false)
class ServersFirst {

  @Bean
  static BeanPostProcessor localDatabaseFirst(LocalServers servers) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof DataSource) {
          servers.awaitDatabase();
        }
        return bean;
      }
    };
  }

  @Bean
  SmartLifecycle localServersFirst(LocalServers servers) {
    return new SmartLifecycle() {
      private volatile boolean running;

      @Override
      public void start() {
        servers.awaitAll();
        running = true;
      }

      @Override
      public void stop() {
        running = false;
      }

      @Override
      public boolean isRunning() {
        return running;
      }

      @Override
      public int getPhase() {
        return Integer.MIN_VALUE;
      }
    };
  }
}
