package io.eventagents.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.JwkSetUriJwtDecoderBuilderCustomizer;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.SpringOpaqueTokenIntrospectorBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.support.BasicAuthenticationInterceptor;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.web.client.RestTemplate;

/** Accepts tokens, if the application has the libraries to check them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({JwtDecoder.class, JwkSetUriJwtDecoderBuilderCustomizer.class})
class TokenConfiguration {

  private static final Logger log = LoggerFactory.getLogger(TokenConfiguration.class);

  private static final String AUDIENCES = "spring.security.oauth2.resourceserver.jwt.audiences";

  private static final String INTROSPECTION = "spring.security.oauth2.resourceserver.opaquetoken.";

  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** For a whole answer. */
  private static final Duration ANSWER = Duration.ofSeconds(3);

  @Bean
  HttpAccess eventAgentsBearerAccess(
      ObjectProvider<JwtDecoder> decoder,
      ObjectProvider<OpaqueTokenIntrospector> introspector,
      Environment environment) {
    BearerAccess access = new BearerAccess(decoder.getIfAvailable(), introspector.getIfAvailable());
    Credentials.tokens(environment)
        .filter(setting -> setting.contains(".jwt."))
        .filter(setting -> !Binder.get(environment).bind(AUDIENCES, String[].class).isBound())
        .ifPresent(
            setting ->
                log.warn(
                    "{} is set without {}: every token of the issuer lets in, those made for other"
                        + " applications too. Name the audience that tokens for this one have.",
                    setting,
                    AUDIENCES));
    return access;
  }

  /**
   * By default a connection and an answer may take half a minute each, and every token with an
   * unknown key leads to a call.
   */
  @Bean
  JwkSetUriJwtDecoderBuilderCustomizer eventAgentsKeysInTime() {
    return builder -> {
      RestTemplate client = inTime();
      client.getInterceptors().add(new RecentAnswers(System::nanoTime));
      builder.restOperations(client);
    };
  }

  /** Spring Boot's waits for ever. A customized one is left as it is. */
  @Bean
  @ConditionalOnProperty(INTROSPECTION + "introspection-uri")
  @ConditionalOnMissingBean({
    OpaqueTokenIntrospector.class,
    JwtDecoder.class,
    SpringOpaqueTokenIntrospectorBuilderCustomizer.class
  })
  OpaqueTokenIntrospector eventAgentsIntrospector(Environment environment) {
    RestTemplate client = inTime();
    String id = environment.getProperty(INTROSPECTION + "client-id");
    String secret = environment.getProperty(INTROSPECTION + "client-secret");
    if (id != null && secret != null) {
      client
          .getInterceptors()
          .add(
              new BasicAuthenticationInterceptor(
                  URLEncoder.encode(id, UTF_8), URLEncoder.encode(secret, UTF_8)));
    }
    return new SpringOpaqueTokenIntrospector(
        environment.getRequiredProperty(INTROSPECTION + "introspection-uri"), client);
  }

  private static RestTemplate inTime() {
    JdkClientHttpRequestFactory requests =
        new JdkClientHttpRequestFactory(
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build());
    requests.setReadTimeout(ANSWER);
    return new RestTemplate(requests);
  }
}
