package io.eventagents.notification.template;

import io.eventagents.notification.trigger.Trigger;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** Words the messages. Thread-safe. */
public interface Templates {

  /**
   * The message about an event.
   *
   * @param channel the channel's name, such as {@code email}
   * @param trigger what happened
   * @param language the recipient's
   * @param zone the recipient's
   */
  RenderedMessage render(String channel, Trigger trigger, Locale language, ZoneId zone);

  /**
   * One message about several events.
   *
   * @param channel the channel's name, such as {@code email}
   * @param triggers what happened, in order
   * @param language the recipient's
   * @param zone the recipient's
   */
  RenderedMessage digest(
      String channel, List<? extends Trigger> triggers, Locale language, ZoneId zone);
}
