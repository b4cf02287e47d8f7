package io.eventagents.notification.channel;

import io.eventagents.notification.directory.GoneAddresses;
import io.eventagents.notification.directory.RecipientDirectory;
import io.eventagents.notification.receipt.Tracking;
import io.eventagents.notification.template.Templates;
import io.eventagents.notification.trigger.Trigger;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Creates the agents of channels. They share the directory, the templates and the deferral.
 *
 * <pre>{@code
 * @Bean
 * ChannelAgent<OwnerTrigger> notificationEmail(ChannelAgents agents, ...) {
 *   return agents.agent(new EmailChannel(...), null);
 * }
 * }</pre>
 */
public final class ChannelAgents {

  private final RecipientDirectory directory;
  private final Templates templates;
  private final @Nullable Deferral deferral;
  private final Tracking tracking;
  private final GoneAddresses gone;
  private final Clock clock;

  ChannelAgents(
      RecipientDirectory directory,
      Templates templates,
      @Nullable Deferral deferral,
      Tracking tracking,
      GoneAddresses gone,
      Clock clock) {
    this.directory = directory;
    this.templates = templates;
    this.deferral = deferral;
    this.tracking = tracking;
    this.gone = gone;
    this.clock = clock;
  }

  /**
   * The agent of a channel.
   *
   * @param limit null for none
   * @param <T> the events that the channel tells of
   */
  public <T extends Trigger> ChannelAgent<T> agent(Channel channel, @Nullable RateLimit limit) {
    Channel paced = limit == null ? channel : new PacedChannel(channel, limit);
    return new ChannelAgent<>(
        new Messenger(paced, directory, templates, tracking, gone, clock), deferral, clock);
  }
}
