package io.eventagents.local.standin;

import io.eventagents.PublicPaths;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The stand-ins for providers, over HTTP. */
@Configuration(proxyBeanMethods = false)
@Import({
  FcmStandIn.class,
  SlackStandIn.class,
  TeamsStandIn.class,
  TwilioCallbacks.class,
  TwilioStandIn.class,
  WebhookStandIn.class
})
public class StandInConfiguration {

  /** Agents log in to a provider with its account, not with one of this application. */
  @Bean
  PublicPaths standInPaths() {
    return new PublicPaths("/fcm/**", "/slack/**", "/teams/**", "/twilio/**", "/webhook");
  }
}
