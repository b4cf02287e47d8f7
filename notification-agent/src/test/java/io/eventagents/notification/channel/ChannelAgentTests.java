package io.eventagents.notification.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventagents.Agent;
import io.eventagents.DependencyUnavailable;
import io.eventagents.Effects;
import io.eventagents.Event;
import io.eventagents.EventIds;
import io.eventagents.notification.directory.GoneAddresses;
import io.eventagents.notification.directory.Recipient;
import io.eventagents.notification.receipt.Tracking;
import io.eventagents.notification.trigger.TaskCreated;
import io.eventagents.notification.trigger.TeamTrigger;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ChannelAgentTests {

  private static final Recipient KNOWN = Messages.recipient(List.of(), List.of());

  @Test
  void saysWhatWasSent() {
    assertThat(
            agent(message -> new SentMessage(message.address(), "SM1")).apply(created("user-456")))
        .containsExactly(new NotificationSent("task-123", "pigeon", "+4930123456", "SM1"));
  }

  @Test
  void handsTheChannelTheKeyOfWhatFollows() {
    assertThat(
            agent(message -> new SentMessage("x", message.idempotencyKey()))
                .apply(created("user-456")))
        .containsExactly(
            new NotificationSent(
                "task-123",
                "pigeon",
                "x",
                EventIds.derive(
                    "notification-pigeon", Messages.CAUSE.eventId(), "notification.sent", 0)));
  }

  @Test
  void saysWhatCanNeverBeDelivered() {
    assertThat(
            agent(
                    message -> {
                      throw new Undeliverable("no such loft");
                    })
                .apply(created("user-456")))
        .containsExactly(
            new NotificationFailed("task-123", "pigeon", "+4930123456", "no such loft"));
  }

  @Test
  void saysWhoIsUnknownAndShowsTheirIdOnOneLine() {
    assertThat(agent(message -> new SentMessage("x", null)).apply(created("a\r\nb")))
        .containsExactly(
            new NotificationFailed("task-123", "pigeon", "a b", "owner 'a b' is unknown"));
  }

  @Test
  void leavesAnOutageToTheFramework() {
    assertThatThrownBy(
            () ->
                agent(
                        message -> {
                          throw new DependencyUnavailable("loft", null);
                        })
                    .apply(created("user-456")))
        .isInstanceOf(DependencyUnavailable.class);
  }

  @Test
  void callsSomebodyElse() {
    assertThat(ChannelAgent.class.getAnnotation(Agent.class))
        .extracting(Agent::effects)
        .isEqualTo(Effects.EXTERNAL);
  }

  private static Event<TeamTrigger> created(String ownerId) {
    return new Event<>(
        Messages.CAUSE.eventId(),
        "task.created",
        Messages.NOW,
        new TaskCreated("task-123", "Review", ownerId, null, null),
        Messages.CAUSE.metadata());
  }

  private static ChannelAgent<TeamTrigger> agent(Function<OutgoingMessage, SentMessage> send) {
    return new ChannelAgents(
            owner -> owner.equals("user-456") ? Optional.of(KNOWN) : Optional.empty(),
            new ChannelAgentFixtures.PlainTemplates(),
            null,
            Tracking.none(),
            GoneAddresses.none(),
            Clock.systemUTC())
        .agent(new Pigeon(send), null);
  }

  record Pigeon(Function<OutgoingMessage, SentMessage> sender) implements Channel {

    @Override
    public String name() {
      return "pigeon";
    }

    @Override
    public Optional<String> addressOf(Recipient recipient) {
      return Optional.ofNullable(recipient.phone());
    }

    @Override
    public SentMessage send(OutgoingMessage message) {
      return sender.apply(message);
    }
  }
}
