package io.eventagents.local;

import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** Prints the addresses and a first command once everything runs. */
final class WelcomeBanner implements ApplicationListener<ApplicationReadyEvent> {

  private final Addresses addresses;
  private final PrintStream out;

  WelcomeBanner(Addresses addresses, PrintStream out) {
    this.addresses = addresses;
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
            addresses.http(),
            addresses.inbox(),
            addresses.chain(),
            addresses.calendar(),
            addresses.kafka(),
            addresses.database(),
            addresses.mail(),
            addresses.data(),
            addresses.createTask());
  }
}
