package io.eventagents.test;

import io.eventagents.Agent;
import io.eventagents.DependencyUnavailable;
import io.eventagents.Effects;
import io.eventagents.EntityKey;
import io.eventagents.Event;
import io.eventagents.EventPublisher;
import io.eventagents.EventPublishers;
import io.eventagents.EventType;
import io.eventagents.RejectedEvent;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An application with an agent of each kind. */
@SpringBootConfiguration
@EnableAutoConfiguration
class Parcels {

  @EventType("parcel.registered")
  record ParcelRegistered(String parcelId, String street) {}

  @EventType("parcel.packed")
  record ParcelPacked(@EntityKey String parcelId) {}

  @EventType("label.printed")
  record LabelPrinted(@EntityKey String labelId, String parcelId, String text) {}

  @EventType("stock.reserved")
  record StockReserved(String parcelId) {}

  @EventType("parcel.shipped")
  record ParcelShipped(@EntityKey String parcelId, String courier) {}

  /** Whether the courier is reachable. */
  static final class Courier {
    final AtomicBoolean onStrike = new AtomicBoolean();
  }

  @Bean
  Courier courierOffice() {
    return new Courier();
  }

  @Bean
  Function<Event<ParcelRegistered>, LabelPrinted> labelling() {
    return event -> {
      ParcelRegistered parcel = event.data();
      if (parcel.street().isBlank()) {
        throw new RejectedEvent("a label needs a street");
      }
      return new LabelPrinted("label-" + parcel.parcelId(), parcel.parcelId(), parcel.street());
    };
  }

  @Bean
  Table stock(JdbcClient jdbc) {
    jdbc.sql("create table stock (parcel_id text)").update();
    return new Table("stock");
  }

  record Table(String name) {}

  @Bean
  @Agent(effects = Effects.DATABASE)
  Function<Event<ParcelRegistered>, StockReserved> stocktaking(JdbcClient jdbc, Table stock) {
    return event -> {
      jdbc.sql("insert into " + stock.name() + " values (?)")
          .param(event.data().parcelId())
          .update();
      return new StockReserved(event.data().parcelId());
    };
  }

  @Bean
  @Agent(effects = Effects.EXTERNAL)
  Function<Event<LabelPrinted>, ParcelShipped> courier(Courier office) {
    return event -> {
      if (office.onStrike.get()) {
        throw new DependencyUnavailable("courier office", null);
      }
      return new ParcelShipped(event.data().parcelId(), "Swift");
    };
  }

  @Bean
  Consumer<Event<ParcelShipped>> doorbell() {
    return event -> {};
  }

  @Bean
  EventPublisher<ParcelPacked> packing(EventPublishers publishers) {
    return publishers.create("packing", ParcelPacked.class);
  }
}
