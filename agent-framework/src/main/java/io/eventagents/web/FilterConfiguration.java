package io.eventagents.web;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** The filters of every request, to the application and to Actuator. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebSettings.class)
class FilterConfiguration {

  /** Before Spring Boot's own filters, so that it sees every response and every failure. */
  static final int CORRELATION = Ordered.HIGHEST_PRECEDENCE;

  /** Before Spring Security, which looks at parameters. */
  static final int REFUSALS = Ordered.HIGHEST_PRECEDENCE + 10;

  @Bean
  FilterRegistrationBean<ResponseHeadersFilter> eventAgentsResponseHeadersFilter(
      WebSettings settings) {
    return everywhere(new ResponseHeadersFilter(settings), CORRELATION);
  }

  @Bean
  FilterRegistrationBean<CorrelationFilter> eventAgentsCorrelationFilter() {
    return everywhere(new CorrelationFilter(), CORRELATION);
  }

  @Bean
  FilterRegistrationBean<RefusalFilter> eventAgentsRefusalFilter(
      Attempts attempts, SecurityLog securityLog) {
    return first(new RefusalFilter(attempts, securityLog), REFUSALS - 1);
  }

  /** One for the application and for Actuator on a port of its own. */
  @Bean
  @ConditionalOnMissingBean
  Attempts eventAgentsAttempts(WebSettings settings) {
    return new Attempts(settings.attempts(), System::nanoTime);
  }

  @Bean
  @ConditionalOnMissingBean
  SecurityLog eventAgentsSecurityLog(ObjectProvider<RefusalMeter> meter) {
    return new SecurityLog(
        meter.getIfAvailable(() -> (credentials, status) -> {}), System::nanoTime);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterRegistry.class)
  static class Meters {

    @Bean
    @ConditionalOnMissingBean
    RefusalMeter eventAgentsRefusalMeter(ObjectProvider<MeterRegistry> registry) {
      return RefusalMeter.in(registry::getIfAvailable);
    }
  }

  @Bean
  @ConditionalOnBooleanProperty(name = "event-agents.web.refuse-cross-site", matchIfMissing = true)
  FilterRegistrationBean<CrossSiteFilter> eventAgentsCrossSiteFilter() {
    return first(new CrossSiteFilter(), REFUSALS);
  }

  @Bean
  FilterRegistrationBean<MediaTypeFilter> eventAgentsMediaTypeFilter() {
    return first(new MediaTypeFilter(), REFUSALS);
  }

  @Bean
  FilterRegistrationBean<BodyLimitFilter> eventAgentsBodyLimitFilter(WebSettings settings) {
    return first(new BodyLimitFilter(settings), REFUSALS + 1);
  }

  /** Also if a request is dispatched again, for example to the error page. */
  private static <T extends Filter> FilterRegistrationBean<T> everywhere(T filter, int order) {
    FilterRegistrationBean<T> registration = first(filter, order);
    registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    return registration;
  }

  static <T extends Filter> FilterRegistrationBean<T> first(T filter, int order) {
    FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(order);
    registration.setDispatcherTypes(DispatcherType.REQUEST);
    registration.setAsyncSupported(true);
    return registration;
  }
}
