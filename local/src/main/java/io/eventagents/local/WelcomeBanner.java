package io.eventagents.local;

import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** Says what runs where and what to try, when all of it runs. */
final class WelcomeBanner implements ApplicationListener<ApplicationReadyEvent> {

  private final Addresses places;
  private final PrintStream out;

  WelcomeBanner(Addresses places, PrintStream out) {
    this.places = places;
    this.out = out;
  }

  @Override
  public void onApplicationEvent(ApplicationReadyEvent event) {
    out.println(text(event.getTimeTaken()));
    out.flush();
  }

  String text(@Nullable Duration taken) {
    return """

          Event Agents are up%s. Ctrl-C stops them.

            Pages       %s
            Inbox       %s
            Chain       %s
            Calendar    %s
            Kafka       %s
            PostgreSQL  %s
            Mail        %s
            Data        %s (--fresh drops it)

          Create a task, then look at its chain and into the inbox:

            %s
        """
        .formatted(
            taken == null ? "" : " after %.1f s".formatted(taken.toMillis() / 1000.0),
            places.http(),
            places.inbox(),
            places.chain(),
            places.calendar(),
            places.kafka(),
            places.database(),
            places.mail(),
            places.data(),
            places.createTask());
  }
}
