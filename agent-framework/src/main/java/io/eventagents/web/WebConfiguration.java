package io.eventagents.web;

import io.eventagents.database.DatabaseWrites;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** The beans of this package. */
@Configuration(proxyBeanMethods = false)
@Import({
  FilterConfiguration.class,
  SecurityConfiguration.class,
  TokenConfiguration.class,
  NoSecurityConfiguration.class,
  TomcatConfiguration.class
})
public class WebConfiguration {

  @Bean
  CorrelationIdArgument eventAgentsCorrelationIdArgument() {
    return new CorrelationIdArgument();
  }

  @Bean
  @ConditionalOnMissingBean(ResponseEntityExceptionHandler.class)
  ProblemHandler eventAgentsProblemHandler() {
    return new ProblemHandler();
  }

  @Bean
  DatabaseProblems eventAgentsDatabaseProblems(ObjectProvider<DatabaseWrites> writes) {
    return new DatabaseProblems(writes);
  }

  @Bean
  @ConditionalOnMissingBean(ErrorController.class)
  ProblemErrorController eventAgentsErrorController() {
    return new ProblemErrorController();
  }
}
