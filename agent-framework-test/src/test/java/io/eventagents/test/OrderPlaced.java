package io.eventagents.test;

import io.eventagents.EventType;
import org.jspecify.annotations.Nullable;

/** An agent's own view of an order. */
@EventType("order.placed")
record OrderPlaced(String orderId, int amount, @Nullable String customerNote)
    implements Invoicing.Trigger {

  OrderPlaced(String orderId, int amount) {
    this(orderId, amount, null);
  }
}
