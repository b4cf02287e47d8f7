package io.eventagents.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.Event;
import io.eventagents.test.Parcels.LabelPrinted;
import io.eventagents.test.Parcels.ParcelRegistered;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Contexts with agents of the same name on one broker: each handles only its own events. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class SharedBrokerTests {

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class ByHand {
    @Bean
    Function<Event<ParcelRegistered>, LabelPrinted> labelling() {
      return event -> new LabelPrinted("label", event.data().parcelId(), "by hand");
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class ByMachine {
    @Bean
    Function<Event<ParcelRegistered>, LabelPrinted> labelling() {
      return event -> new LabelPrinted("label", event.data().parcelId(), "by machine");
    }

    /** An agent of a group that has never read what the first context left. */
    @Bean
    Consumer<Event<ParcelRegistered>> weighing() {
      return event -> {};
    }
  }

  @Nested
  @Order(1)
  @AgentTest(classes = ByHand.class, database = false, webEnvironment = WebEnvironment.NONE)
  class First extends Labelling {
    First() {
      super("by hand");
    }
  }

  @Nested
  @Order(2)
  @AgentTest(classes = ByMachine.class, database = false, webEnvironment = WebEnvironment.NONE)
  class Second extends Labelling {
    Second() {
      super("by machine");
    }

    @Test
    void handlesNothingThatOthersLeft() {
      chains.await(chains.publish(new ParcelRegistered("p-9", "x")));

      assertThat(chains.tally("weighing").handled()).isEqualTo(chains.tally("labelling").handled());
    }
  }

  @Nested
  @Order(3)
  @AgentTest(classes = ByHand.class, database = false, webEnvironment = WebEnvironment.NONE)
  class FirstAgain extends Labelling {
    FirstAgain() {
      super("by hand");
    }
  }

  abstract static class Labelling {

    private final String text;
    @Autowired Chains chains;

    Labelling(String text) {
      this.text = text;
    }

    @Test
    void handlesTheEventsOfItsOwnTests() {
      long before = chains.tally("labelling").handled();

      for (int parcel = 0; parcel < 4; parcel++) {
        String request = chains.publish("p-" + parcel, new ParcelRegistered("p-" + parcel, "x"));
        Chain chain = chains.await(request);

        assertThat(chain).hasExactlyEvents("parcel.registered", "label.printed").isPublishedOnce();
        assertThat(chain.single("label.printed").text("text")).isEqualTo(text);
      }
      assertThat(chains.tally("labelling").handled()).isEqualTo(before + 4);
      assertThat(before).isLessThanOrEqualTo(4);
    }
  }
}
