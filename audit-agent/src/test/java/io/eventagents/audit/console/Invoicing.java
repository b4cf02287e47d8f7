package io.eventagents.audit.console;

import io.eventagents.EntityKey;
import io.eventagents.Event;
import io.eventagents.EventType;
import io.eventagents.RejectedEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** An agent that refuses the orders that a test names. */
@TestConfiguration(proxyBeanMethods = false)
public class Invoicing {

  @EventType("order.placed")
  record OrderPlaced(@EntityKey String orderId) {}

  @EventType("invoice.issued")
  record InvoiceIssued(String orderId) {}

  /** The reasons why orders are refused, by order. */
  static final Map<String, String> REFUSED = new ConcurrentHashMap<>();

  @Bean
  Function<Event<OrderPlaced>, InvoiceIssued> invoicing() {
    return event -> {
      String reason = REFUSED.get(event.data().orderId());
      if (reason != null) {
        throw new RejectedEvent(reason);
      }
      return new InvoiceIssued(event.data().orderId());
    };
  }

  @Bean
  Consumer<Event<OrderPlaced>> shipping() {
    return event -> {
      String reason = REFUSED.get("parcel of " + event.data().orderId());
      if (reason != null) {
        throw new RejectedEvent(reason);
      }
    };
  }
}
