package io.eventagents.scheduling.caldav;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** The calendars that reminders are pushed to: one per owner, and one setting for all others. */
public final class CalDavCalendars {

  private static final String ALL = "*";

  private final Map<String, Calendar> byOwner = new HashMap<>();

  public CalDavCalendars(List<Calendar> calendars) {
    calendars.forEach(it -> byOwner.put(it.owner(), it));
  }

  boolean isEmpty() {
    return byOwner.isEmpty();
  }

  public List<Calendar> all() {
    return List.copyOf(byOwner.values());
  }

  /** The owners who have a setting of their own. */
  String[] named() {
    return byOwner.keySet().stream().filter(it -> !it.equals(ALL)).toArray(String[]::new);
  }

  public Optional<Calendar> of(String ownerId) {
    Calendar calendar = byOwner.getOrDefault(ownerId, byOwner.get(ALL));
    return Optional.ofNullable(calendar).filter(one -> !one.isLeftBy(ownerId));
  }

  /**
   * A calendar.
   *
   * @param owner the owner of the reminders; {@code *} for all without a setting of their own
   * @param url its address; <code>{owner}</code> in it stands for the owner's id
   * @param username null if the server asks for none
   * @param password null if the server asks for none
   */
  public record Calendar(
      String owner, String url, @Nullable String username, @Nullable String password) {

    public static final String PLACE = "{owner}";

    public boolean isForAll() {
      return owner.equals(ALL);
    }

    /** Whether the owner's id would lead out of the folder where the calendars are. */
    boolean isLeftBy(String ownerId) {
      return url.contains(PLACE) && (ownerId.equals(".") || ownerId.equals(".."));
    }

    public CalDavCollection of(String ownerId) {
      String address = url.replace(PLACE, UriUtils.encodePathSegment(ownerId, "UTF-8"));
      return new CalDavCollection(
          URI.create(address.endsWith("/") ? address : address + "/"), username, password);
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "Calendar[owner=%s, url=%s]".formatted(owner, url);
    }
  }
}
