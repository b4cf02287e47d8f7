package io.eventagents.web;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/**
 * The same filters for Actuator on a port of its own, which otherwise has only Spring Security's.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import({FilterConfiguration.class, TomcatConfiguration.class})
class ManagementWebConfiguration {

  @Bean
  @ConditionalOnBean(name = "eventAgentsLoopbackHostFilter", search = SearchStrategy.ANCESTORS)
  FilterRegistrationBean<LoopbackHostFilter> eventAgentsManagementLoopbackHostFilter() {
    return FilterConfiguration.first(new LoopbackHostFilter(), FilterConfiguration.REFUSALS);
  }

  @Bean
  FilterRegistrationBean<ProblemErrorFilter> eventAgentsManagementProblemErrorFilter() {
    FilterRegistrationBean<ProblemErrorFilter> registration =
        FilterConfiguration.first(new ProblemErrorFilter(), Ordered.LOWEST_PRECEDENCE);
    registration.setDispatcherTypes(DispatcherType.ERROR);
    return registration;
  }
}
