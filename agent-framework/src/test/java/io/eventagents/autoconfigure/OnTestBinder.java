package io.eventagents.autoconfigure;

import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.cloud.function.cloudevent.CloudEventsFunctionExtensionConfiguration;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration;
import org.springframework.cloud.stream.binder.test.TestChannelBinderConfiguration;
import org.springframework.cloud.stream.config.BindingServiceConfiguration;
import org.springframework.cloud.stream.function.FunctionConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** Applications on the test binder: the wiring is real, the broker is not. */
final class OnTestBinder {

  private OnTestBinder() {}

  @SpringBootConfiguration
  @ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    IntegrationAutoConfiguration.class,
    CloudEventsFunctionExtensionConfiguration.class,
    ContextFunctionCatalogAutoConfiguration.class,
    BindingServiceConfiguration.class,
    FunctionConfiguration.class,
    EventAgentsObservationAutoConfiguration.class,
    EventAgentsAutoConfiguration.class
  })
  @Import(TestChannelBinderConfiguration.class)
  static class Stream {}

  static ConfigurableApplicationContext run(Class<?> configuration, String... args) {
    return run(Map.of(), configuration, args);
  }

  static ConfigurableApplicationContext run(
      Map<String, Object> defaultProperties, Class<?> configuration, String... args) {
    SpringApplication application = new SpringApplication(configuration, Stream.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    application.setDefaultProperties(defaultProperties);
    return application.run(args);
  }
}
