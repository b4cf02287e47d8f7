package io.eventagents.scheduling.caldav;

import io.eventagents.SettingCheck;
import io.eventagents.scheduling.reminder.TaskFields;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for calendar servers (CalDAV, RFC 4791), {@code scheduling.caldav.*}.
 *
 * @param calendars one for each owner who wants one, or {@code *} for all others
 * @param timeout how long a call may take, from the connection to the last byte of the answer
 * @param pollInterval how often the agent looks for reminders to push
 * @param longestDelay the longest wait before the agent calls a server that was away again
 */
@ConfigurationProperties("scheduling.caldav")
public record CalDavProperties(
    @DefaultValue List<CalDavCalendars.Calendar> calendars,
    @DefaultValue("PT5S") Duration timeout,
    @DefaultValue("PT1S") Duration pollInterval,
    @DefaultValue("PT10M") Duration longestDelay) {

  public CalDavProperties {
    SettingCheck.atLeastAMillisecond("scheduling.caldav.timeout", timeout);
    SettingCheck.atLeastAMillisecond("scheduling.caldav.poll-interval", pollInterval);
    SettingCheck.atLeastAMillisecond("scheduling.caldav.longest-delay", longestDelay);
    Set<String> owners = new HashSet<>();
    for (int i = 0; i < calendars.size(); i++) {
      check("scheduling.caldav.calendars[" + i + "]", calendars.get(i));
      if (!owners.add(calendars.get(i).owner())) {
        throw new IllegalArgumentException(
            "scheduling.caldav.calendars[%d].owner is %s again; an owner has one calendar"
                .formatted(i, calendars.get(i).owner()));
      }
    }
  }

  private static void check(String setting, CalDavCalendars.Calendar calendar) {
    if (!TaskFields.isId(calendar.owner())) {
      throw new IllegalArgumentException(
          setting + ".owner must be the id of an owner, or * for all others");
    }
    String place = CalDavCalendars.Calendar.PLACE;
    SettingCheck.address(setting + ".url", calendar.url().replace(place, "owner"));
    if (calendar.isForAll() && !calendar.url().contains(place)) {
      throw new IllegalArgumentException(
          "%s.url is the same for all owners; put %s where the owner's id belongs"
              .formatted(setting, place));
    }
    if ((calendar.username() == null) != (calendar.password() == null)) {
      throw new IllegalArgumentException(
          setting + " has one of username and password; set both, or none");
    }
  }
}
