package io.eventagents.test.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventagents.EntityKey;
import io.eventagents.Event;
import io.eventagents.EventPublisher;
import io.eventagents.EventPublishers;
import io.eventagents.EventType;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;

class DeclaredEventsTests {

  interface Payloads {
    @EventType("parcel.weighed")
    record ParcelWeighed(@EntityKey String parcelId) {}

    @EventType("parcel.sent")
    record ParcelSent(String parcelId) {}

    @EventType("parcel.returned")
    record ParcelReturned(String parcelId) {}
  }

  @EnableAutoConfiguration
  static class Depot {

    @Bean
    EventPublisher<Payloads.ParcelWeighed> scales(EventPublishers publishers) {
      return publishers.create("scales", Payloads.ParcelWeighed.class);
    }

    @Bean
    Function<Event<Payloads.ParcelWeighed>, List<Payloads.ParcelSent>> parcelSender() {
      throw new IllegalStateException("No agent is created to read what it declares");
    }

    @Bean
    @ConditionalOnBooleanProperty("depot.returns")
    Function<Event<Payloads.ParcelSent>, Payloads.ParcelReturned> parcelReturns() {
      throw new IllegalStateException("No agent is created to read what it declares");
    }
  }

  @EnableAutoConfiguration
  static class HidingDepot {

    @Bean
    Object scales(EventPublishers publishers) {
      return publishers.create("scales", Payloads.ParcelWeighed.class);
    }
  }

  @Test
  void namesOwnersAndReaders() {
    DeclaredEvents declared = DeclaredEvents.of(Depot.class);

    assertThat(declared.emitted())
        .extracting(event -> event.owner() + " " + event.payload().eventType())
        .contains("scales parcel.weighed", "parcel-sender parcel.sent")
        .contains("event-agents delivery.failed")
        .noneMatch(event -> event.contains("parcel.returned"));
    assertThat(declared.taken())
        .extracting(event -> event.owner() + " " + event.payload().eventType())
        .containsExactly("parcel-sender parcel.weighed");
  }

  @Test
  void agentThatAConditionLeavesOutIsReported() {
    String aPackage = DeclaredEventsTests.class.getPackageName();
    List<Class<?>> unused = DeclaredEvents.of(Depot.class).unusedOf(aPackage);

    assertThat(unused).contains(Payloads.ParcelReturned.class);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> EventCatalog.of(Depot.class).verifyComplete(aPackage))
        .withMessageContaining("- " + Payloads.ParcelReturned.class.getName())
        .withMessageContaining("turn it on by a property given to EventCatalog.of(...)");
    assertThat(DeclaredEvents.of(Depot.class, "depot.returns=true").unusedOf(aPackage))
        .doesNotContain(
            Payloads.ParcelReturned.class, Payloads.ParcelSent.class, Payloads.ParcelWeighed.class);
  }

  @Test
  void publisherThatIsNotABeanIsRefused() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> DeclaredEvents.of(HidingDepot.class))
        .withMessageStartingWith("The bean 'scales' creates its publisher itself")
        .withMessageContaining("Declare the publisher as a bean of its own");
  }
}
