package io.eventagents.web;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.JwkSetUriJwtDecoderBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestTemplate;

/**
 * How the token issuer is asked for its keys. A request waits for them, and without limits it would
 * wait for ever for an issuer that does not answer.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JwkSetUriJwtDecoderBuilderCustomizer.class)
class TokenIssuerConfiguration {

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  @Bean
  JwkSetUriJwtDecoderBuilderCustomizer eventAgentsTokenIssuerLimits() {
    JdkClientHttpRequestFactory requests =
        new JdkClientHttpRequestFactory(
            HttpClient.newBuilder()
                .connectTimeout(CONNECT_WITHIN)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .proxy(ProxySelector.getDefault())
                .build());
    // Of the whole answer.
    requests.setReadTimeout(ANSWER_WITHIN);
    RestTemplate issuer = new RestTemplate(requests);
    return decoder -> decoder.restOperations(issuer);
  }
}
