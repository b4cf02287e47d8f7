package io.eventagents.local;

import io.eventagents.embedded.EmbeddedKafka;
import io.eventagents.embedded.EmbeddedPostgreSql;
import io.eventagents.local.generator.Generation;
import io.eventagents.local.inbox.Inbox;
import io.eventagents.local.inbox.MailServer;
import io.eventagents.local.standin.StandIns;
import java.util.Optional;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Starts the servers that the settings don't name, as soon as the settings are known: it locks the
 * data folder, checks the ports, and starts the servers while the context is created.
 */
final class LocalStart implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    ConfigurableEnvironment environment = event.getEnvironment();
    LocalSettings settings = Binder.get(environment).bindOrCreate("local", LocalSettings.class);
    Optional<Generation> generation = GeneratorArguments.of(environment);
    DataFolder folder = DataFolder.open(settings.directory());
    try {
      start(event.getSpringApplication(), environment, settings, folder);
      generation.ifPresent(
          asked ->
              event
                  .getSpringApplication()
                  .addInitializers(
                      context ->
                          context.getBeanFactory().registerSingleton("localGeneration", asked)));
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static void start(
      SpringApplication application,
      ConfigurableEnvironment environment,
      LocalSettings settings,
      DataFolder folder) {
    Embedded embedded = Embedded.of(environment);
    // An orphaned server may still hold its port, and the folder that is to be emptied.
    EmbeddedPostgreSql.stopOrphan(folder.postgreSql());
    if (isFresh(environment)) {
      folder.empty();
    }
    ChosenPorts ports = settings.choosePorts(environment);
    ports.requireFree(embedded);
    Inbox inbox = Inbox.open(folder.inbox());
    LocalServers servers = new LocalServers();
    startServers(servers, embedded, ports, folder, inbox);
    // Stops them if the context is never created; otherwise the context stops them.
    SpringApplication.getShutdownHandlers().add(servers::close);

    StandIns standIns = new StandIns("http://127.0.0.1:" + ports.http().number());
    LocalDefaults defaults = new LocalDefaults(embedded, ports, folder, standIns);
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("local servers", defaults.properties(environment)));
    Addresses addresses = defaults.addresses(environment);
    application.addInitializers(
        context -> {
          DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
          // Destroyed in reverse order, after all beans of the context.
          beans.registerDisposableBean("localDataFolder", folder::close);
          register(beans, "localInbox", inbox);
          register(beans, "localServers", servers);
          beans.registerSingleton("localAddresses", addresses);
          beans.registerSingleton("localStandIns", standIns);
        });
  }

  private static void startServers(
      LocalServers servers, Embedded embedded, ChosenPorts ports, DataFolder folder, Inbox inbox) {
    if (embedded.database()) {
      servers.startPostgreSql(
          EmbeddedPostgreSql.builder()
              .port(ports.postgreSql().number())
              .dataDirectory(folder.postgreSql())
              .durable(true));
    }
    if (embedded.kafka()) {
      servers.startKafka(
          EmbeddedKafka.builder().port(ports.kafka().number()).dataDirectory(folder.kafka()));
    }
    if (embedded.mail()) {
      servers.startMail(
          () -> MailServer.start(ports.smtp().number(), ports.imap().number(), inbox));
    }
  }

  private static void register(
      DefaultListableBeanFactory beans, String name, AutoCloseable singleton) {
    beans.registerSingleton(name, singleton);
    beans.registerDisposableBean(name, singleton::close);
  }

  private static boolean isFresh(ConfigurableEnvironment environment) {
    PropertySource<?> commandLine =
        environment
            .getPropertySources()
            .get(CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME);
    return commandLine != null
        && commandLine.getProperty("fresh") instanceof String fresh
        && !fresh.equals("false");
  }
}
