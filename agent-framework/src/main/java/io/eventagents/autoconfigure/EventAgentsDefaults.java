package io.eventagents.autoconfigure;

import io.eventagents.web.Credentials;
import io.eventagents.web.ManagementServer;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ClassUtils;

/**
 * Defaults for settings of Spring Boot, so that an agent application is right with no configuration
 * at all. Everything else wins over them: they join {@link SpringApplication}'s default properties,
 * and yield to those too.
 */
public final class EventAgentsDefaults implements EnvironmentPostProcessor, Ordered {

  /** By OpenTelemetry's own names too, since Boot may read those after this. */
  private static final List<String> TRACES_ENDPOINT =
      List.of(
          "management.opentelemetry.tracing.export.otlp.endpoint",
          "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
          "OTEL_EXPORTER_OTLP_ENDPOINT");

  /** After the files and everything else that configures, since some defaults depend on it. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    Map<String, Object> defaults = defaults(environment, application.getClassLoader());
    PropertySource<?> existing =
        environment.getPropertySources().get(DefaultPropertiesPropertySource.NAME);
    Map<String, Object> missing = new HashMap<>(defaults);
    missing.keySet().removeIf(name -> isIn(existing, name));
    DefaultPropertiesPropertySource.addOrMerge(missing, environment.getPropertySources());
  }

  private static Map<String, Object> defaults(
      ConfigurableEnvironment environment, ClassLoader classLoader) {
    Map<String, Object> defaults = new LinkedHashMap<>();
    String address = environment.getProperty("server.address", "127.0.0.1");
    defaults.put("server.address", address);
    if (ManagementServer.isSeparate(
        environment)) { // Boot refuses the address where the port is the same
      defaults.put("management.server.address", address);
    }
    defaults.putAll(ConnectionDefaults.of(environment));
    defaults.put("spring.mvc.problemdetails.enabled", true);
    // A client that neither sends nor takes a byte for so long is gone; a minute by default.
    defaults.put("server.tomcat.connection-timeout", "20s");
    defaults.put("server.tomcat.keep-alive-timeout", "60s");
    // What is answered before its body has come; the rest is read for a moment at most.
    defaults.put("server.tomcat.max-swallow-size", "0B");
    defaults.put(
        "management.endpoints.web.exposure.include", "health,info,agents,prometheus,metrics");
    // Whoever may read here must not stop an agent, nor change how the application works.
    defaults.put("management.endpoints.access.max-permitted", "read-only");
    // The configuration of each client, passwords included; bindings has the same without them.
    defaults.put("management.endpoint.channels.access", "none");
    defaults.put("management.endpoint.health.probes.enabled", true);
    // /livez and /readyz on the application's port, also where Actuator has one of its own.
    defaults.put("management.endpoint.health.probes.add-additional-paths", true);
    // Not every application has a database, a broker or agents.
    defaults.put("management.endpoint.health.validate-group-membership", false);
    defaults.put("management.endpoint.health.group.liveness.include", "livenessState");
    defaults.put(
        "management.endpoint.health.group.readiness.include", "readinessState,db,database");
    defaults.put("management.endpoint.health.group.broker.include", "binders,agents");
    defaults.put(
        "management.endpoint.health.show-details",
        isForThisMachineAlone(environment) ? "always" : "when-authorized");
    // Four spans around each request that say nothing of it.
    defaults.put("management.observations.enable.spring.security", false);
    // Who looks for a request's trace wants it there; where nobody takes it, nothing is recorded.
    boolean exported = TRACES_ENDPOINT.stream().anyMatch(environment::containsProperty);
    defaults.put("management.tracing.sampling.probability", exported ? 1.0 : 0.0);
    if (exported) {
      // Each batch that fails, with a stack trace; the framework says it once.
      defaults.put("logging.level.io.opentelemetry.exporter.internal.http.HttpExporter", "off");
      defaults.put("logging.level.io.opentelemetry.exporter.internal.grpc.GrpcExporter", "off");
    }
    // A hundred lines for each client.
    defaults.put("logging.level.org.apache.kafka.common.config.AbstractConfig", "warn");
    defaults.put("logging.level.org.apache.kafka.common.utils.AppInfoParser", "warn");
    // An error each time that a poll is full; the framework says what cannot be read.
    defaults.put("logging.level.org.apache.kafka.clients.consumer.internals.CompletedFetch", "off");
    // The first request line that cannot be read, with a stack trace; the answer tells the client.
    defaults.put("logging.level.org.apache.coyote.http11.Http11Processor", "warn");
    if (ClassUtils.isPresent("ch.qos.logback.classic.LoggerContext", classLoader)) {
      defaults.put(
          "logging.pattern.correlation", bracketed("correlation_id") + bracketed("traceId"));
    }
    return defaults;
  }

  /** Nothing where the logging context has no such key. */
  private static String bracketed(String key) {
    return "%replace(%X{" + key + ":-}){'^.+$', '[$0] '}";
  }

  private static boolean isForThisMachineAlone(ConfigurableEnvironment environment) {
    return !Credentials.password(environment)
        && Credentials.tokens(environment).isEmpty()
        && Binder.get(environment)
            .bind("server.address", InetAddress.class)
            .map(InetAddress::isLoopbackAddress)
            .orElse(true);
  }

  private static boolean isIn(@Nullable PropertySource<?> source, String name) {
    ConfigurationPropertySource properties =
        source == null ? null : ConfigurationPropertySource.from(source);
    // Adapted, since the name of a logger is none of a property in its upper case letters.
    return properties != null
        && Objects.nonNull(
            properties.getConfigurationProperty(ConfigurationPropertyName.adapt(name, '.')));
  }
}
