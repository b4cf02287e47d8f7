package io.eventagents.web;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The same filters for Actuator on a port of its own, which otherwise has none of the application's
 * but Spring Security's.
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
}
