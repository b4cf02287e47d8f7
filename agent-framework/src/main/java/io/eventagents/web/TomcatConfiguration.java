package io.eventagents.web;

import org.apache.catalina.startup.Tomcat;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** What Tomcat answers itself, before or after all filters. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({Tomcat.class, TomcatServletWebServerFactory.class})
class TomcatConfiguration {

  /** After Spring Boot's, and so closer to the application than the valve that Boot adds. */
  @Bean
  @Order(10)
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> eventAgentsTomcatProblems() {
    return server ->
        server.addContextCustomizers(
            context -> context.getParent().getPipeline().addValve(new ProblemReportValve()));
  }

  /**
   * Limits what slow clients may hold. At most half of the threads wait for bodies, so that the
   * others go on answering.
   */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> eventAgentsSlowClients(
      WebSettings settings, Environment environment) {
    int threads =
        Binder.get(environment).bind("server.tomcat.threads.max", Integer.class).orElse(200);
    return server -> {
      server.addEngineValves(
          new BodyValve(
              new BodyPatience(settings.bodyTimeout(), Math.max(1, threads / 2)),
              new Lingering(Math.max(1, threads / 10))));
      if (server.getProtocol().equals(TomcatWebServerFactory.DEFAULT_PROTOCOL)) {
        server.setProtocol(HeaderDeadlineProtocol.class.getName());
        server.addProtocolHandlerCustomizers(
            protocol -> {
              if (protocol instanceof HeaderDeadlineProtocol http) {
                http.setHeaderTimeout(settings.headerTimeout());
              }
            });
      }
    };
  }
}
