package io.eventagents.web;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Without Spring Security nobody can be kept out. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingClass("org.springframework.security.web.SecurityFilterChain")
class NoSecurityConfiguration {

  @Bean
  ExposureCheck eventAgentsExposureCheck(Environment environment) {
    return new ExposureCheck(environment, false);
  }

  @Bean
  FilterRegistrationBean<LoopbackHostFilter> eventAgentsLoopbackHostFilter() {
    return FilterConfiguration.first(new LoopbackHostFilter(), FilterConfiguration.REFUSALS);
  }
}
