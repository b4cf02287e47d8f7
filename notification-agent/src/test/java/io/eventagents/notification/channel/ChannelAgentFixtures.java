package io.eventagents.notification.channel;

import io.eventagents.notification.directory.GoneAddresses;
import io.eventagents.notification.directory.RecipientDirectory;
import io.eventagents.notification.receipt.Tracking;
import io.eventagents.notification.template.RenderedMessage;
import io.eventagents.notification.template.Templates;
import io.eventagents.notification.trigger.Trigger;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Agents of channels for tests of other packages. */
public final class ChannelAgentFixtures {

  private ChannelAgentFixtures() {}

  /** An agent that words a message by the task's id, and a digest by the number of its messages. */
  public static <T extends Trigger> ChannelAgent<T> agent(
      Channel channel, RecipientDirectory directory, Deferral deferral, Clock clock) {
    return agent(channel, directory, deferral, GoneAddresses.none(), clock);
  }

  /** The same, which remembers the addresses that are gone. */
  public static <T extends Trigger> ChannelAgent<T> agent(
      Channel channel,
      RecipientDirectory directory,
      @Nullable Deferral deferral,
      GoneAddresses gone,
      Clock clock) {
    return new ChannelAgents(
            directory, new PlainTemplates(), deferral, Tracking.none(), gone, clock)
        .agent(channel, null);
  }

  /** Plain wordings. */
  static final class PlainTemplates implements Templates {

    @Override
    public RenderedMessage render(String channel, Trigger trigger, Locale language, ZoneId zone) {
      return new RenderedMessage(trigger.taskId(), "text", null, null);
    }

    @Override
    public RenderedMessage digest(
        String channel, List<? extends Trigger> triggers, Locale language, ZoneId zone) {
      return new RenderedMessage(triggers.size() + " messages", "text", null, null);
    }
  }
}
