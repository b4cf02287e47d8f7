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
 * Defaults for settings of Spring Boot, so that an agent application needs no configuration.
 * Everything else wins over them: they join {@link SpringApplication}'s default properties, and
 * yield to those too.
 */
public final class EventAgentsDefaults implements EnvironmentPostProcessor, Ordered {

  /** With OpenTelemetry's own names too, because Boot may read those after this. */
  private static final List<String> TRACES_ENDPOINT =
      List.of(
          "management.opentelemetry.tracing.export.otlp.endpoint",
          "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
          "OTEL_EXPORTER_OTLP_ENDPOINT");

  /** Last, after the files and all other configuration, because some defaults depend on it. */
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
        environment)) { // Boot refuses the address if the port is the same
      defaults.put("management.server.address", address);
    }
    defaults.putAll(ConnectionDefaults.of(environment));
    defaults.put("spring.mvc.problemdetails.enabled", true);
    // A client that neither sends nor takes a byte for this long is gone; Boot's default is a
    // minute.
    defaults.put("server.tomcat.connection-timeout", "20s");
    defaults.put("server.tomcat.keep-alive-timeout", "60s");
    // If a request is answered before its body has come, the rest of the body is read for a moment
    // at most.
    defaults.put("server.tomcat.max-swallow-size", "0B");
    defaults.put(
        "management.endpoints.web.exposure.include", "health,info,agents,prometheus,metrics");
    // A user who may read here must not stop an agent or change how the application works.
    defaults.put("management.endpoints.access.max-permitted", "read-only");
    // This endpoint shows each client's configuration with its passwords; bindings shows it
    // without.
    defaults.put("management.endpoint.channels.access", "none");
    defaults.put("management.endpoint.health.probes.enabled", true);
    // /livez and /readyz on the application's port, even if Actuator has a port of its own.
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
    // Four spans around each request that say nothing about it.
    defaults.put("management.observations.enable.spring.security", false);
    // A person who looks for a request's trace expects to find it; if nobody takes traces, none is
    // recorded.
    boolean exported = TRACES_ENDPOINT.stream().anyMatch(environment::containsProperty);
    defaults.put("management.tracing.sampling.probability", exported ? 1.0 : 0.0);
    if (exported) {
      // The exporters log each failed batch with a stack trace; the framework says it once.
      defaults.put("logging.level.io.opentelemetry.exporter.internal.http.HttpExporter", "off");
      defaults.put("logging.level.io.opentelemetry.exporter.internal.grpc.GrpcExporter", "off");
    }
    // They log a hundred lines for each client.
    defaults.put("logging.level.org.apache.kafka.common.config.AbstractConfig", "warn");
    defaults.put("logging.level.org.apache.kafka.common.utils.AppInfoParser", "warn");
    // It logs an error each time that a poll is full; the framework says what cannot be read.
    defaults.put("logging.level.org.apache.kafka.clients.consumer.internals.CompletedFetch", "off");
    // It logs the first unreadable request line with a stack trace; the answer tells the client.
    defaults.put("logging.level.org.apache.coyote.http11.Http11Processor", "warn");
    if (ClassUtils.isPresent("ch.qos.logback.classic.LoggerContext", classLoader)) {
      defaults.put(
          "logging.pattern.correlation", bracketed("correlation_id") + bracketed("traceId"));
    }
    return defaults;
  }

  /** Empty if the logging context has no such key. */
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
    // Adapted, because a logger's name with upper-case letters is no valid property name.
    return properties != null
        && Objects.nonNull(
            properties.getConfigurationProperty(ConfigurationPropertyName.adapt(name, '.')));
  }
}
