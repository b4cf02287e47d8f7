package io.eventagents.notification.channel;

import io.eventagents.notification.directory.DirectoryAutoConfiguration;
import io.eventagents.notification.directory.GoneAddresses;
import io.eventagents.notification.directory.RecipientDirectory;
import io.eventagents.notification.receipt.Tracking;
import io.eventagents.notification.template.Templates;
import io.eventagents.notification.template.TemplatesAutoConfiguration;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** What the agents of all channels share. */
@AutoConfiguration(after = {DirectoryAutoConfiguration.class, TemplatesAutoConfiguration.class})
public final class ChannelAutoConfiguration {

  @Bean
  ChannelAgents channelAgents(
      RecipientDirectory directory,
      Templates templates,
      ObjectProvider<Deferral> deferral,
      ObjectProvider<Tracking> tracking,
      ObjectProvider<GoneAddresses> gone,
      ObjectProvider<Clock> clock) {
    return new ChannelAgents(
        directory,
        templates,
        deferral.getIfAvailable(),
        tracking.getIfAvailable(Tracking::none),
        gone.getIfAvailable(GoneAddresses::none),
        clock.getIfUnique(Clock::systemUTC));
  }
}
