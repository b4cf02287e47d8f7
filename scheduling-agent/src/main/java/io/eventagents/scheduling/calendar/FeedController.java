package io.eventagents.scheduling.calendar;

import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Secret addresses of calendars. They are made for an owner, given to a calendar program and
 * revoked one by one. An address lets its holder read that calendar and do nothing else.
 */
@RestController
public final class FeedController {

  /** The path of the secret addresses; it needs no login. */
  public static final String PATH = "/feeds/";

  private static final int MOST = 20;
  private static final int TOKEN_LENGTH = 43;

  private final Feeds feeds;
  private final OwnerCalendar calendar;
  private final @Nullable URI base;
  private final Clock clock;

  /**
   * @param base the beginning of the addresses; null for the one that the client called
   */
  public FeedController(Feeds feeds, OwnerCalendar calendar, @Nullable URI base, Clock clock) {
    this.feeds = feeds;
    this.calendar = calendar;
    this.base = base;
    this.clock = clock;
  }

  @PostMapping("/calendars/{ownerId}/feeds")
  ResponseEntity<FeedView> create(@PathVariable String ownerId) {
    FeedToken token = FeedToken.random();
    Feed feed =
        new Feed(
            UUID.randomUUID(),
            OwnerCalendar.checked(ownerId),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    if (!feeds.add(feed, token, MOST)) {
      throw new ResponseStatusException(
          HttpStatus.CONFLICT,
          "There are %d feeds of this calendar: revoke one that is no longer used".formatted(MOST));
    }
    return ResponseEntity.status(HttpStatus.CREATED)
        .cacheControl(CacheControl.noStore())
        .body(FeedView.of(feed, address(token)));
  }

  @GetMapping("/calendars/{ownerId}/feeds")
  List<FeedView> list(@PathVariable String ownerId) {
    return feeds.ofOwner(OwnerCalendar.checked(ownerId)).stream()
        .map(feed -> FeedView.of(feed, null))
        .toList();
  }

  @DeleteMapping("/calendars/{ownerId}/feeds/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable String ownerId, @PathVariable UUID id) {
    if (!feeds.revoke(OwnerCalendar.checked(ownerId), id)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such feed.");
    }
  }

  /** The answer is the same whatever is wrong with the secret. */
  @GetMapping(PATH + "{token}.ics")
  ResponseEntity<byte[]> calendar(@PathVariable String token) {
    Optional<String> owner =
        token.length() == TOKEN_LENGTH ? feeds.ownerOf(new FeedToken(token)) : Optional.empty();
    return calendar.of(
        owner.orElseThrow(
            () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such calendar.")));
  }

  private String address(FeedToken token) {
    String begin =
        base == null
            ? ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString()
            : base.toString().replaceAll("/+$", "");
    return begin + PATH + token.value() + ".ics";
  }
}
