package io.eventagents.web;

import io.eventagents.PublicPaths;
import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.SecurityProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Decides who gets in. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({SecurityFilterChain.class, HttpSecurity.class, SecurityProperties.class})
@EnableConfigurationProperties(SecurityProperties.class)
class SecurityConfiguration {

  /** No user and no issuer is configured, and the application's code does not secure itself. */
  @Configuration(proxyBeanMethods = false)
  @Order(1) // before the beans below, which are not the user's
  @Conditional(NoCredentials.class)
  @ConditionalOnMissingBean(
      value = {
        SecurityFilterChain.class,
        AuthenticationManager.class,
        AuthenticationProvider.class,
        AuthenticationManagerResolver.class,
        UserDetailsService.class
      },
      type = {
        "org.springframework.security.oauth2.jwt.JwtDecoder",
        "org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector"
      })
  static class Open {

    @Bean
    OpenAccess eventAgentsOpenAccess() {
      return new OpenAccess();
    }

    @Bean
    ExposureCheck eventAgentsExposureCheck(Environment environment) {
      return new ExposureCheck(environment, true);
    }

    @Bean
    FilterRegistrationBean<LoopbackHostFilter> eventAgentsLoopbackHostFilter() {
      return FilterConfiguration.first(new LoopbackHostFilter(), FilterConfiguration.REFUSALS);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @Order(2)
  @Conditional(PasswordConfigured.class)
  @ConditionalOnMissingBean({
    AuthenticationManager.class,
    AuthenticationProvider.class,
    AuthenticationManagerResolver.class,
    UserDetailsService.class
  })
  static class User {

    @Bean
    ConfiguredUser eventAgentsUser(
        SecurityProperties properties, ObjectProvider<PasswordEncoder> encoder) {
      return new ConfiguredUser(properties, encoder.getIfAvailable());
    }
  }

  @Configuration(proxyBeanMethods = false)
  @Order(3)
  @ConditionalOnMissingBean(SecurityFilterChain.class)
  static class Chain {

    /**
     * Callers that prove themselves in another way. Their credentials are not those of a configured
     * user.
     */
    @Bean
    @Order(SecurityFilterProperties.BASIC_AUTH_ORDER - 1)
    SecurityFilterChain eventAgentsPublicPaths(
        HttpSecurity http, ObjectProvider<PublicPaths> publicPaths) {
      List<PathPatternRequestMatcher> matchers =
          publicPaths
              .orderedStream()
              .flatMap(paths -> paths.patterns().stream())
              .map(PathPatternRequestMatcher.withDefaults()::matcher)
              .toList();
      return steady(http)
          .securityMatcher(request -> matchers.stream().anyMatch(path -> path.matches(request)))
          .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .build();
    }

    @Bean
    @Order(SecurityFilterProperties.BASIC_AUTH_ORDER)
    SecurityFilterChain eventAgentsSecurity(
        HttpSecurity http,
        ObjectProvider<OpenAccess> open,
        ObjectProvider<HttpAccess> ways,
        ObjectProvider<OpenPaths> openPaths) {
      List<HttpAccess> used =
          ways.orderedStream().filter(way -> !way.challenge().isEmpty()).toList();
      ProblemAccess problems = new ProblemAccess(used);
      steady(http)
          .exceptionHandling(
              failures -> failures.authenticationEntryPoint(problems).accessDeniedHandler(problems))
          .authorizeHttpRequests(
              requests -> {
                if (open.getIfAvailable() != null) {
                  requests.anyRequest().permitAll();
                  return;
                }
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                    .permitAll();
                openPaths
                    .orderedStream()
                    .forEach(paths -> requests.requestMatchers(paths.matcher()).permitAll());
                requests.anyRequest().authenticated();
              });
      used.forEach(way -> way.open(http, problems));
      return http.build();
    }

    private static HttpSecurity steady(HttpSecurity http) {
      return http.csrf(
              AbstractHttpConfigurer::disable) // no cookie lets anybody in: see CrossSiteFilter
          .sessionManagement(
              session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
          .requestCache(AbstractHttpConfigurer::disable)
          .logout(AbstractHttpConfigurer::disable)
          .headers( // the others are set for every response by ResponseHeadersFilter
              headers ->
                  headers
                      .defaultsDisabled()
                      .cacheControl(cache -> {})
                      .httpStrictTransportSecurity(strict -> {}));
    }

    @Bean
    HttpAccess eventAgentsBasicAccess(
        ObjectProvider<UserDetailsService> users,
        ObjectProvider<AuthenticationProvider> providers,
        ObjectProvider<AuthenticationManager> managers) {
      return new BasicAccess(users, providers, managers);
    }
  }

  /** Remembers the addresses of successful logins; see {@link Attempts}. */
  @Bean
  ApplicationListener<AuthenticationSuccessEvent> eventAgentsTrustedAddresses(Attempts attempts) {
    return success -> {
      if (success.getAuthentication().getDetails() instanceof WebAuthenticationDetails client) {
        attempts.succeeded(client.getRemoteAddress());
      }
    };
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({WebEndpointAutoConfiguration.class, EndpointRequest.class})
  static class Health {

    @Bean
    OpenPaths eventAgentsOpenHealth() {
      return new OpenPaths(EndpointRequest.to("health"));
    }

    /** Its groups on the application's port, if Actuator has a port of its own. */
    @Bean
    OpenPaths eventAgentsOpenProbes() {
      return new OpenPaths(EndpointRequest.toAdditionalPaths(WebServerNamespace.SERVER, "health"));
    }
  }

  /**
   * What everybody may read.
   *
   * @param matcher tells the requests
   */
  record OpenPaths(RequestMatcher matcher) {}
}
